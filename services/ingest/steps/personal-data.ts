const personalNames: ReadonlySet<string> = new Set([
  'name', 'firstname', 'middlename', 'lastname', 'fullname', 'givenname', 'familyname', 'surname', 'nickname',
  'displayname', 'username', 'customername', 'screenname', 'recipient', 'avatar', 'photo',
  'mail', 'mobile', 'tel', 'telephone', 'cell', 'fax', 'street', 'postcode', 'postalcode', 'zip', 'zipcode', 'ip',
  'birth', 'dob', 'dateofbirth', 'latitude', 'longitude', 'lat', 'lng', 'lon', 'ssn',
  'passport', 'idcard', 'nationalid', 'taxid', 'iban', 'cardnumber', 'creditcard', 'password', 'token', 'secret',
  'userid', 'customerid', 'clientid', 'memberid', 'anonymousid', 'previousid', 'deviceid', 'advertisingid', 'idfa',
  'openid', 'unionid', 'wechat', 'weibo', 'whatsapp',
  '姓名', '名字', '电话', '手机', '手机号', '邮箱', '地址', '生日', '身份证', '身份证号', '微信', '微信号',
]); // prettier-ignore

const personalEndings = /(?:email|phone|phonenumber|mobilenumber|address|addressline\d|address\d|firstname|lastname|birthday|birthdate)$/; // prettier-ignore

const localEnd = /[^\s@<>"',;:]$/;
const domainStart = /^[^\s@.]{1,63}(?:\.[^\s@.]{1,63})*\.[^\s@.]{2,63}/;
const international = /^\+\d[\d\s().-]{6,20}\d$/;

const room = 20_000;
const judged = new Map<string, boolean>();

/** Whether a property of this name tells who somebody is or where to reach them. Case and separators do not matter. */
export function isPersonalName(name: string): boolean {
  let isPersonal = judged.get(name);
  if (isPersonal === undefined) {
    const word = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
    isPersonal = personalNames.has(word) || personalEndings.test(word);
    // Names repeat; a sender that makes up new ones all the time must not fill the memory.
    if (judged.size === room) judged.clear();
    if (name.length <= 128) judged.set(name, isPersonal);
  }
  return isPersonal;
}

/** Whether a text looks like an e-mail address, holds one, or is a telephone number with its country code. */
export function looksPersonal(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (localEnd.test(text.slice(Math.max(0, at - 1), at)) && domainStart.test(text.slice(at + 1, at + 256)))
      return true;
  }
  // In addresses of pages the at sign is written %40.
  if (text.includes('%40')) return looksPersonal(text.replaceAll('%40', '@'));
  return text.startsWith('+') && text.length <= 32 && international.test(text);
}
