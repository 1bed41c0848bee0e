// A real OpenID provider: npm `oidc-provider`, unmodified, with its development pages for login and consent.
//
//     node oidc_provider.mjs FOLDER CALLBACK
//
// FOLDER is where the package was installed, CALLBACK the redirect URI to register. Listens on a free
// port of loopback and says so in its first line.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, callback] = process.argv.slice(2);
const found = createRequire(`${folder}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found).href);

const client = (client_id, token_endpoint_auth_method) => ({
  client_id,
  client_secret: "the-right-client-secret",
  redirect_uris: [callback],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method,
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [client("basic", "client_secret_basic"), client("post", "client_secret_post")],
    scopes: ["openid", "offline_access"],
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, RefreshToken: 3600, Grant: 3600, Session: 3600, Interaction: 600 },
    cookies: { keys: ["a key of a test"] },
  });
  server.on("request", provider.callback());
  console.log(`listening on ${issuer}`);
});
