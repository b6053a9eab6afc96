/* The page's own script. It changes no markup and makes none: elements and texts alone. */
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  /* Light or dark. Before the first event is painted. */
  const THEMES = ['auto', 'light', 'dark'];
  const KEPT = 'convoscope-theme';
  // A page from a file may have no storage.
  const kept = {
    read() {
      try {
        return localStorage.getItem(KEPT);
      } catch {
        return null;
      }
    },
    write(theme) {
      try {
        localStorage.setItem(KEPT, theme);
      } catch {}
    },
  };
  let theme = THEMES.includes(kept.read()) ? kept.read() : 'auto';
  root.dataset.theme = theme;

  addEventListener('DOMContentLoaded', () => {
    const articles = [...document.querySelectorAll('.event')];
    const places = new Map(articles.map((article, at) => [article.id, at]));
    const kindOf = articles.map(({ dataset }) => dataset.kind);
    const isError = articles.map(({ dataset }) => 'error' in dataset);
    const isUser = articles.map(({ dataset }) => dataset.source === 'user');
    const tests = { event: () => true, error: (at) => isError[at], user: (at) => isUser[at] };
    const [tools, filter, errors, help] = ['tools', 'filter', 'errors', 'help'].map(byId);

    // Letters with marks can be written in two ways.
    const folded = (text) => text.normalize('NFC').toLowerCase();

    /* What events show, in lower case: read when it is first needed, or when nothing else is to do. */
    const texts = [];
    const textOf = (at) => {
      texts[at] ??= folded(articles[at].textContent);
      return texts[at];
    };
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work(), 50));
    let ahead = 0;
    const readAhead = (deadline) => {
      const until = performance.now() + Math.min(10, deadline?.timeRemaining() ?? 5);
      while (ahead < articles.length && performance.now() < until) textOf(ahead++);
      if (ahead < articles.length) idle(readAhead);
    };
    idle(readAhead);

    /* Which events are shown. */
    const isShown = articles.map(() => true);
    let shown = articles.map((_, at) => at);
    const switches = kindSwitches(kindOf);
    const none = document.createElement('p');
    none.className = 'none';
    none.textContent = 'No event is left by the filter.';
    none.hidden = true;
    tools.after(none);

    function apply() {
      const wasAt = isStuck() ? place() : undefined;
      const needle = folded(filter.value.trim());
      const off = new Set(switches.filter(({ box }) => !box.checked).flatMap(({ kinds }) => kinds));
      shown = [];
      for (const [at, article] of articles.entries()) {
        const show =
          !off.has(kindOf[at]) &&
          (!errors.checked || isError[at]) &&
          (needle === '' || textOf(at).includes(needle));
        if (show) shown.push(at);
        // What stays as it is, is not touched.
        if (show === isShown[at]) continue;
        isShown[at] = show;
        article.hidden = !show;
      }
      none.hidden = shown.length > 0 || articles.length === 0;
      tell();
      highlight(needle);
      // Where the reader was, or the next that is left.
      if (wasAt === undefined) return;
      const next = shown.find((at) => at >= wasAt) ?? shown.at(-1);
      if (next !== undefined) scrollTo(articles[next]);
      else tools.previousElementSibling.scrollIntoView();
    }

    function tell(more = '') {
      const count = (number) => number.toLocaleString('en');
      const of = articles.length;
      const says =
        shown.length === of
          ? `${count(of)} event${of === 1 ? '' : 's'}`
          : `${count(shown.length)} of ${count(of)} events shown`;
      byId('shown').textContent = more ? `${says}. ${more}` : says;
    }

    function reveal(at) {
      if (isShown[at]) return;
      filter.value = '';
      errors.checked = false;
      for (const { box } of switches) box.checked = true;
      apply();
      tell('The filter was cleared.');
    }

    /* Marks what was looked for, in events that come into sight; without touching the page's elements. */
    const marks = window.Highlight && CSS.highlights ? new Highlight() : undefined;
    if (marks) CSS.highlights.set('found', marks);
    let looked = '';
    let marked = new Set();
    const sight = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) mark(target);
    });

    function highlight(needle) {
      if (!marks) return;
      looked = needle;
      marked = new Set();
      marks.clear();
      sight.disconnect();
      if (needle !== '') for (const at of shown) sight.observe(articles[at]);
    }

    function mark(article) {
      if (marked.has(article)) return;
      marked.add(article);
      const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
      let budget = 500;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        // Where small letters are longer than capitals, places would not fit.
        if (text.length !== node.data.length) continue;
        for (
          let from = text.indexOf(looked);
          from >= 0 && budget > 0;
          from = text.indexOf(looked, from + looked.length)
        ) {
          const range = new Range();
          range.setStart(node, from);
          range.setEnd(node, from + looked.length);
          marks.add(range);
          budget--;
          // What is found is to be seen.
          const fold = node.parentElement.closest('details');
          if (fold) fold.open = true;
        }
      }
    }

    /* Where the reader is, and going on from there. An event that is jumped to stands below the tools. */
    new ResizeObserver(() => {
      root.style.setProperty('--stuck', `${tools.offsetHeight + 8}px`);
    }).observe(tools);
    const line = () => tools.getBoundingClientRect().bottom + 12;
    const isStuck = () => tools.getBoundingClientRect().top <= 0;

    /* The event that was jumped to last: a button that jumps has the focus itself. */
    let reached;

    /** Place of the event that is read; half a place before the first where that is still below. */
    function place() {
      const focused = places.get(document.activeElement?.closest?.('.event')?.id);
      for (const current of [focused, reached]) {
        if (current === undefined || !isShown[current]) continue;
        const { top, bottom } = articles[current].getBoundingClientRect();
        if (bottom > 0 && top < innerHeight) return current;
      }
      let [low, high] = [0, shown.length];
      const limit = line();
      while (low < high) {
        const middle = (low + high) >> 1;
        if (articles[shown[middle]].getBoundingClientRect().bottom > limit) high = middle;
        else low = middle + 1;
      }
      const at = shown[Math.min(low, shown.length - 1)] ?? 0;
      return articles[at].getBoundingClientRect().top > limit ? at - 0.5 : at;
    }

    function scrollTo(article) {
      article.scrollIntoView({ block: 'start' });
      // What came into sight was laid out only now, and may have moved it.
      requestAnimationFrame(() => article.scrollIntoView({ block: 'start' }));
    }

    function go(at) {
      reached = at;
      const article = articles[at];
      scrollTo(article);
      article.focus({ preventScroll: true });
      try {
        history.replaceState(null, '', `#${article.id}`);
      } catch {}
    }

    function jump(what, way) {
      const from = articles.length > 0 ? place() : 0;
      const fits = (at) => tests[what](at) && (way > 0 ? at > from : at < from);
      const next = way > 0 ? shown.find(fits) : shown.findLast(fits);
      if (next !== undefined) {
        tell();
        go(next);
        return;
      }
      const name = { event: 'event', error: 'error', user: 'event of the user' }[what];
      tell(`No ${way > 0 ? 'later' : 'earlier'} ${name}.`);
    }

    /* Links to events, which a filter may have taken out of this page or of sight. */
    for (const link of document.querySelectorAll('a.other')) {
      if (!places.has(link.hash.slice(1))) link.removeAttribute('href');
    }
    const columns = [...document.querySelectorAll('.timeline a')];
    const indexOf = (id) => Number(id.split('-')[1]);
    for (const column of columns) {
      const id = column.getAttribute('href').slice(1);
      if (places.has(id)) continue;
      const next = articles.find((article) => indexOf(article.id) >= indexOf(id));
      if (next) column.setAttribute('href', `#${next.id}`);
      else column.removeAttribute('href');
    }
    // One stop for the Tab key; arrows go on from there.
    columns[0]?.setAttribute('tabindex', '0');
    document.querySelector('.timeline svg')?.addEventListener('keydown', (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = columns[columns.indexOf(document.activeElement) + way];
      if (!next) return;
      event.preventDefault();
      document.activeElement.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    });

    function follow() {
      const at = places.get(location.hash.slice(1));
      if (at === undefined) return;
      reveal(at);
      go(at);
    }
    addEventListener('hashchange', follow);

    document.addEventListener('click', (event) => {
      const jumper = event.target.closest('[data-jump]');
      if (jumper) jump(jumper.dataset.jump, Number(jumper.dataset.way));
      if (!event.target.closest('#kinds')) byId('kinds').open = false;
      const link = event.target.closest('a');
      const href = link?.getAttribute('href');
      // A link to where the page is already changes nothing that is told of.
      if (href && href === location.hash) follow();
    });

    /* Keys. */
    const keys = {
      j: () => jump('event', 1),
      k: () => jump('event', -1),
      e: () => jump('error', 1),
      E: () => jump('error', -1),
      u: () => jump('user', 1),
      U: () => jump('user', -1),
      o: fold,
      '/': () => {
        filter.focus();
        filter.select();
      },
      '?': () => help.showModal(),
    };

    const kinds = byId('kinds');
    function closeKinds() {
      if (kinds.open && kinds.contains(document.activeElement)) {
        kinds.querySelector('summary').focus();
      }
      kinds.open = false;
    }
    kinds.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !kinds.contains(relatedTarget)) kinds.open = false;
    });

    function fold() {
      const at = Math.ceil(articles.length > 0 ? place() : -1);
      const folded = [...(articles[at]?.querySelectorAll('details') ?? [])];
      const open = folded.some((one) => !one.open);
      for (const one of folded) one.open = open;
    }

    addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
      // Enter that ends a word of an input method is not ours.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Escape') closeKinds();
      if (event.target === filter) {
        if (event.key === 'Escape') filter.value = '';
        if (event.key === 'Escape' || event.key === 'Enter') apply();
        if (event.key === 'Enter' && shown.length > 0) go(shown[0]);
        return;
      }
      const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    });

    /* On paper nothing can be unfolded. */
    let closed = [];
    addEventListener('beforeprint', () => {
      closed = [...document.querySelectorAll('.event details:not([open])')];
      for (const one of closed) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of closed) one.open = false;
    });

    /* The filter, once the reader pauses. */
    let waiting;
    filter.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 90);
    });
    tools.addEventListener('change', apply);

    byId('ask').addEventListener('click', () => help.showModal());
    byId('close').addEventListener('click', () => help.close());
    const switcher = byId('theme');
    const showTheme = () => {
      root.dataset.theme = theme;
      switcher.textContent = `Theme: ${theme}`;
    };
    switcher.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      kept.write(theme);
      showTheme();
    });

    showTheme();
    tools.hidden = false;
    tell();
    follow();
  });

  /** Boxes for the kinds that there are, most frequent first; the rarest share one. */
  function kindSwitches(kindOf) {
    const counts = new Map();
    for (const kind of kindOf) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const sorted = [...counts].sort((a, b) => b[1] - a[1]);
    const most = 16;
    const groups = sorted
      .slice(0, most)
      .map(([kind, count]) => ({ name: kind, kinds: [kind], count }));
    const rest = sorted.slice(most);
    if (rest.length > 0) {
      const count = rest.reduce((sum, one) => sum + one[1], 0);
      groups.push({ name: `${rest.length} other kinds`, kinds: rest.map(([kind]) => kind), count });
    }
    const fieldset = document.querySelector('#kinds fieldset');
    return groups.map(({ name, kinds, count }) => {
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = true;
      const many = document.createElement('span');
      many.className = 'many';
      many.textContent = count.toLocaleString('en');
      label.append(box, name, many);
      fieldset.append(label);
      return { box, kinds };
    });
  }
})();
