/** How columns and fields are called that hold what people type to prove who they are. Letters only, in lower case. */
const SECRETS = new Set(['password', 'passwd', 'passcode', 'passphrase', 'pin', 'pincode', 'otp', 'otpcode', 'verificationcode', 'accesscode', 'twofactorcode', 'mfacode', 'realpassword', 'linkpassword', 'currentpassword']);

export const isSecretName = (name: string): boolean => SECRETS.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''));

/** How columns and fields are called that hold what one service shows to another, and what it is exchanged for when it has run out. Letters only, in lower case. */
const CREDENTIALS = new Set(['accesstoken', 'refreshtoken', 'idtoken', 'bearertoken', 'oauthtoken', 'oauthaccesstoken', 'oauthrefreshtoken', 'tokenset', 'encryptedaccesstoken', 'encryptedrefreshtoken']);

export const isCredentialName = (name: string): boolean => CREDENTIALS.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
