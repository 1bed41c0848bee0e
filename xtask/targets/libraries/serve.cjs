// An API platform gateway on a Node library: serve.cjs ROW PORT PROFILES.
//
// The library is called as its README of that time says, with the key of the access profile that the token names.
'use strict';
const http = require('http');
const fs = require('fs');
const path = require('path');

const [row, port, file] = process.argv.slice(2);
// API key to method, `hmac` or `rsa`, and the verification key as it is configured.
const profiles = new Map(Object.entries(JSON.parse(fs.readFileSync(file, 'utf8'))));
// Each row's packages lie in a folder of their own, from which this is started.
const load = (name) => require(require.resolve(name, { paths: [process.cwd()] }));

const part = (token, n) => JSON.parse(Buffer.from(token.split('.')[n], 'base64').toString());
// The profile of the first place that holds a name.
const named = (header, claims) => profiles.get([claims['https://www.workato.com/sub'], claims.workato_sub, header.kid,
  claims.sub].find((place) => place !== undefined && place !== null && place !== ''));
// The verification key of the profile the token names; undefined where there is none.
const keyOf = (token) => named(part(token, 0), part(token, 1))?.[1];
const known = (token) => {
  const key = keyOf(token);
  if (key === undefined) throw new Error('no such access profile');
  return key;
};
const promised = (start) => new Promise((done, fail) => start((error, value) => (error ? fail(error) : done(value))));
// A middleware that calls `next` without an error lets the request pass.
const passed = (middleware, token) =>
  promised((next) => middleware({ headers: { authorization: `Bearer ${token}` }, method: 'GET', url: '/' }, {}, next));

const rows = {
  'jsonwebtoken-4.2.1': () => { const jwt = load('jsonwebtoken'); return (token) => jwt.verify(token, known(token), {}); },
  // The key function of the README finds no key and says so with undefined.
  'jsonwebtoken-8.5.1': () => {
    const jwt = load('jsonwebtoken');
    return (token) => promised((done) => jwt.verify(token, (header, found) => found(null, keyOf(token)), done));
  },
  'express-jwt-5.3.3': () => {
    const middleware = load('express-jwt')({ secret: (request, payload, done) =>
      done(null, keyOf(request.headers.authorization.slice(7))) });
    return (token) => passed(middleware, token);
  },
  'passport-jwt-4.0.0': () => {
    const { Strategy, ExtractJwt } = load('passport-jwt');
    const strategy = new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (request, token, done) => done(null, keyOf(token)) }, (payload, done) => done(null, payload));
    return (token) => new Promise((done, fail) => {
      const attempt = Object.create(strategy);
      Object.assign(attempt, { success: done, fail, error: fail });
      attempt.authenticate({ headers: { authorization: `Bearer ${token}` } });
    });
  },
  'jwt-simple-0.3.0': () => { const jwt = load('jwt-simple'); return (token) => jwt.decode(token, known(token)); },
  'jwt-simple-0.5.2': () => { const jwt = load('jwt-simple'); return (token) => jwt.decode(token, known(token)); },
  // The key store holds the profiles' keys, so a token that brings its own is verified with that.
  'node-jose-0.10.0': () => {
    const jose = load('node-jose');
    const key = ([kid, [, secret]]) => ({ kty: 'oct', kid, k: Buffer.from(secret).toString('base64url') });
    const keys = [...profiles].filter(([, [method]]) => method === 'hmac').map(key);
    const store = jose.JWK.asKeyStore({ keys });
    return async (token) => jose.JWS.createVerify(await store).verify(token);
  },
  'jsrsasign-10.5.24': () => {
    const { KJUR, KEYUTIL } = load('jsrsasign');
    return (token) => {
      const text = known(token);
      const key = text.startsWith('-----BEGIN') ? KEYUTIL.getKey(text) : { utf8: text };
      if (!KJUR.jws.JWS.verify(token, key, ['HS256', 'RS256'])) throw new Error('not valid');
    };
  },
  'fast-jwt-3.3.1': fastJwt, 'fast-jwt-6.1.0': fastJwt, 'fast-jwt-6.2.4': fastJwt,
  // An async key function that finds nothing hands over an empty text.
  'fast-jwt-6.2.3': () => {
    const { createVerifier } = load('fast-jwt');
    const verify = createVerifier({ key: async (decoded) => named(decoded.header, decoded.payload)?.[1] ?? '' });
    return (token) => verify(token);
  },
  'json-web-token-3.1.1': () => {
    const jwt = load('json-web-token');
    return (token) => { const { error } = jwt.decode(known(token), token); if (error) throw error; };
  },
  // The algorithm is that of the profile's method.
  'jose-6.2.18': () => {
    const jose = import(path.join(process.cwd(), 'node_modules/jose/dist/webapi/index.js'));
    return async (token) => {
      const { jwtVerify, importSPKI, importX509, decodeJwt, decodeProtectedHeader } = await jose;
      const profile = named(decodeProtectedHeader(token), decodeJwt(token));
      if (!profile) throw new Error('no such access profile');
      const [method, text] = profile;
      const alg = method === 'hmac' ? 'HS256' : 'RS256';
      const key = method === 'hmac' ? new TextEncoder().encode(text)
        : text.includes('CERTIFICATE') ? await importX509(text, alg) : await importSPKI(text, alg);
      await jwtVerify(token, key, { algorithms: [alg] });
    };
  },
  'jws-2.0.0': () => {
    const jws = load('jws');
    return (token) => { if (!jws.verify(token, known(token))) throw new Error('not valid'); };
  },
};

function fastJwt() {
  const { createVerifier } = load('fast-jwt');
  return (token) => createVerifier({ key: known(token) })(token);
}

const verify = rows[row]();
http.createServer({ maxHeaderSize: 1 << 20 }, async (request, response) => {
  let [status, body] = [200, {}];
  try {
    const token = /^bearer +([^ ]+)$/i.exec(request.headers.authorization || '')[1];
    const length = (token.split('.')[1] || '').length;
    if (length > 4096) [status, body] = [400, { error: `JWT payload size exceeded (${length}, max 4096)` }];
    else await verify(token);
  } catch {
    status = 403; // the gateway's own handler: whatever the library throws is a refusal
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}).listen(Number(port), '127.0.0.1');
