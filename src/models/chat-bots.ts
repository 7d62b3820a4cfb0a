import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const sends = (facets: EffectShape): Member => ({ effect: { kind: 'send', system: 'chat', ...facets } });
const set: Member = { effect: { kind: 'call', action: 'request', system: 'chat', repeatable: true } };
const heard = (type: string, source: string | null): Operation => ({ registers: [{ entry: { kind: 'event', redelivers: false, ...(source === null ? {} : { source }) }, fn: 'functions', args: [{ type }, null] }], returns: 'this' });

const answer = sends({ values: ['object', 'a0'] });
const toChat = sends({ resource: 'a0', values: ['object', 'a1'] });
/** Of a bot for Telegram: to a chat, and in the context of an update. */
const telegram: Record<string, Member> = {
  ...rows('sendMessage sendPhoto sendDocument sendVideo sendAudio sendVoice sendAnimation sendSticker sendLocation sendPoll sendMediaGroup sendInvoice forwardMessage copyMessage', toChat),
  ...rows('editMessageText editMessageReplyMarkup editMessageCaption deleteMessage pinChatMessage unpinChatMessage setMyCommands sendChatAction banChatMember', set),
};
const context: Record<string, Member> = { ...rows('reply replyWithPhoto replyWithDocument replyWithVideo replyWithAudio replyWithVoice', answer), ...rows('editMessageText editMessageReplyMarkup deleteMessage answerCallbackQuery answerCbQuery', set) };
const routes: Record<string, Member> = { on: heard('TelegramContext', 'a0'), command: heard('TelegramContext', 'a0'), hears: heard('TelegramContext', 'a0'), action: heard('TelegramContext', 'a0'), callbackQuery: heard('TelegramContext', 'a0'), start: heard('TelegramContext', null), help: heard('TelegramContext', null), use: { registers: [{ entry: { kind: 'middleware' }, fn: 'functions', args: [{ type: 'TelegramContext' }, null] }], returns: 'this' }, catch: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' } };

export default {
  name: 'chat-bots',
  packages: ['discord.js', 'telegraf', 'grammy'],
  exports: { Client: 'DiscordClient', WebhookClient: 'WebhookClient', Telegraf: 'TelegramBot', Telegram: 'Telegram', Bot: 'TelegramBot', Composer: 'TelegramBot', Api: 'Telegram' },
  types: {
    DiscordClient: {
      aliases: ['Client'], role: 'client', construct: { opens: true, returns: { type: 'DiscordClient', handle: 'new' } },
      members: { on: heard('DiscordMessage', 'a0'), once: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, login: { pure: true }, destroy: { closes: true, pure: true } },
    },
    DiscordMessage: {
      aliases: ['Message', 'ChatInputCommandInteraction', 'CommandInteraction', 'ButtonInteraction', 'ModalSubmitInteraction', 'StringSelectMenuInteraction'], role: 'message',
      members: { reply: answer, followUp: answer, editReply: set, edit: set, update: set, delete: set, react: set, deferReply: set, deferUpdate: set, deleteReply: set, channel: 'DiscordChannel', author: 'DiscordUser', user: 'DiscordUser', member: 'DiscordUser' },
    },
    DiscordChannel: { aliases: ['TextChannel', 'DMChannel', 'ThreadChannel', 'NewsChannel'], members: { send: answer, delete: set, setName: set } },
    DiscordUser: { aliases: ['User', 'GuildMember'], members: { send: answer, createDM: set, ban: set, kick: set, roles: { members: { add: set, remove: set, set } } } },
    WebhookClient: { role: 'client', construct: { returns: { type: 'WebhookClient', handle: 'new' } }, members: { send: answer, editMessage: set, deleteMessage: set } },

    TelegramBot: { aliases: ['Telegraf', 'Bot', 'Composer'], role: 'client', construct: { returns: { type: 'TelegramBot', handle: 'new' } }, members: { ...routes, telegram: 'Telegram', api: 'Telegram', launch: { pure: true }, stop: { pure: true } } },
    Telegram: { aliases: ['Api'], role: 'client', construct: { returns: { type: 'Telegram', handle: 'new' } }, members: telegram },
    TelegramContext: { aliases: ['Context'], members: { ...context, api: 'Telegram', telegram: 'Telegram', message: 'platform#RequestData', update: 'platform#RequestData', callbackQuery: 'platform#RequestData', from: 'platform#RequestData', chat: 'platform#RequestData', match: 'platform#RequestData' } },
  },
  source: 'discord.js 14.28, telegraf 4.16, grammy 1.46',
  verified: 'types',
} satisfies LibraryModel;
