import { prefixed, type SecretShape } from './shape.ts';

/** Keys of services that run language models, and of tools around them. */
export const AI_TOKENS: readonly SecretShape[] = [
  prefixed('anthropic-key', 'sk-ant-', String.raw`sk-ant-[\w-]{16,}`),
  prefixed(
    'openai-key',
    'sk-',
    String.raw`sk-(?:(?:proj|svcacct|admin|None)-[\w-]{16,}|[A-Za-z0-9]{20,})`,
  ),
  prefixed('openrouter-key', 'sk-or-', String.raw`sk-or-[\w-]{20,}`),
  prefixed('api-key', 'sk-', String.raw`sk-[a-z]{2,8}-(?=[\w-]{0,60}\d)[\w-]{20,}`),
  prefixed('huggingface-token', 'hf_', 'hf_[A-Za-z0-9]{30,}'),
  prefixed('huggingface-token', 'api_org_', 'api_org_[A-Za-z0-9]{30,}'),
  prefixed('groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{40,}'),
  prefixed('xai-key', 'xai-', 'xai-[A-Za-z0-9]{40,}'),
  prefixed('perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,}'),
  prefixed('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}'),
  prefixed('nvidia-key', 'nvapi-', String.raw`nvapi-[\w-]{40,}`),
  prefixed('langsmith-key', 'lsv2_', 'lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}'),
  prefixed('langfuse-key', 'sk-lf- pk-lf-', '[sp]k-lf-[a-f0-9-]{30,}'),
  prefixed('tavily-key', 'tvly-', String.raw`tvly-[\w-]{20,}`),
  prefixed('cerebras-key', 'csk-', 'csk-[a-z0-9]{40,}'),
  prefixed('fireworks-key', 'fw_', 'fw_(?=[A-Za-z]{0,20}\\d)[A-Za-z0-9]{20,}'),
  prefixed('together-key', 'tgp_v1_', String.raw`tgp_v1_[\w-]{30,}`),
  prefixed('pinecone-key', 'pcsk_', 'pcsk_[A-Za-z0-9_]{40,}'),
  prefixed('elevenlabs-key', 'sk_', 'sk_[a-f0-9]{48}(?![A-Za-z0-9])'),
  prefixed('firecrawl-key', 'fc-', 'fc-[a-f0-9]{32}(?![A-Za-z0-9])'),
  prefixed('jina-key', 'jina_', String.raw`jina_[\w-]{40,}`),
  prefixed('voyage-key', 'pa-', String.raw`pa-(?=[\w-]{0,20}\d)(?=[\w-]{0,20}[A-Z])[\w-]{40,}`),
  prefixed('openhands-key', 'sk-oh-', 'sk-oh-[A-Za-z0-9]{20,}'),
  prefixed('e2b-key', 'e2b_', 'e2b_[a-f0-9]{40}(?![A-Za-z0-9])'),
];
