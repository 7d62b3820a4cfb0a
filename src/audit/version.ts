import manifest from '../../package.json' with { type: 'json' };

export const toolVersion = (): string => manifest.version;
