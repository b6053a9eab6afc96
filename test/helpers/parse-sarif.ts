import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { expect } from 'vitest';

interface Sarif {
  runs: [
    {
      tool: {
        driver: {
          name: string;
          version: string;
          informationUri: string;
          rules: {
            id: string;
            fullDescription: { text: string };
            help: { text: string };
            helpUri: string;
          }[];
        };
      };
      invocations: [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications: { level: string; message: { text: string } }[];
        },
      ];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: [Location];
        relatedLocations?: Location[];
        partialFingerprints: Record<string, string>;
      }[];
    },
  ];
}

interface Location {
  physicalLocation: { artifactLocation: { uri: string }; region?: object };
}

const require = createRequire(import.meta.url);
const ajv = new Ajv({ schemaId: 'id', meta: false, format: 'full' });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
export const isSarif = ajv.compile(
  require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
);

/** Parses a SARIF document and validates it against the schema. @returns its run */
export function parseSarif(source: string): Sarif['runs'][0] {
  const document = JSON.parse(source) as Sarif;
  isSarif(document);
  expect(isSarif.errors ?? []).toEqual([]);
  return document.runs[0];
}
