//! Random requests never see a 5xx nor a dropped connection.
//!
//! Seeded, so that a failure names the seed that repeats it.

use claimproof_catalog::Profile;
use rstest::rstest;

use crate::common::server::Server;

const REQUESTS: u64 = 600;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// Bytes that may stand in a header value or, but for blanks and controls, in a path.
    fn text(&mut self, most: usize, from: u8, to: u8) -> String {
        let count = self.below(most + 1);
        let width = usize::from(to - from) + 1;
        (0..count).map(|_| char::from(from + u8::try_from(self.below(width)).unwrap())).collect()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

const METHODS: [&str; 8] = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW"];

/// The routes of all four servers, and some of none.
const ROUTES: [(&str, &str); 26] = [
    ("GET", "/direct_link"),
    ("GET", "/direct_link/recipes"),
    ("PUT", "/api/managed_users/1"),
    ("POST", "/api/3.22/auth/signin"),
    ("POST", "/api/3.22/auth/signout"),
    ("GET", "/api/3.22/serverInfo"),
    ("GET", "/api/3.22/sessions/current"),
    ("POST", "/api/3.22/sites/x/connected-applications"),
    ("PUT", "/api/3.22/sites/x/settings/embedding"),
    ("POST", "/vizportal/api/web/v1/auth/embed/signin"),
    ("GET", "/vizportal/api/web/v1/auth/embed/target"),
    ("OPTIONS", "/vizportal/x"),
    ("POST", "/__api__/v1/oauth/integrations/credentials"),
    ("GET", "/__api__/v1/oauth/integrations"),
    ("POST", "/__api__/v1/oauth/integrations"),
    ("PATCH", "/__api__/v1/oauth/integrations/x"),
    ("GET", "/__api__/v1/oauth/sessions"),
    ("PUT", "/__api__/v1/content/x/oauth/integrations/associations"),
    ("GET", "/__api__/server_settings"),
    ("GET", "/__ping__"),
    ("GET", "/__oauth__/integrations/x/login"),
    ("GET", "/__oauth__/integrations/callback"),
    ("GET", "/content/x/"),
    ("POST", "/__login__"),
    ("POST", "/%ff%00//.."),
    ("GET", "/orders/1"),
];

const HEADERS: [&str; 10] = [
    "authorization",
    "accept",
    "origin",
    "x-requested-with",
    "x-tableau-auth",
    "x-claimproof-now",
    "x-claimproof-saml-session",
    "content-type",
    "cookie",
    "x-other",
];

const PARAMETERS: [&str; 6] =
    ["workato_dl_path", "workato_dl_token", "token", "target", "email", "x"];

fn request(random: &mut Random, server: &Server) -> (&'static str, String) {
    let (method, route) = ROUTES[random.below(ROUTES.len())];
    let method = if random.below(5) == 0 { METHODS[random.below(METHODS.len())] } else { method };
    let mut path = match random.below(8) {
        0 => format!("/{}", random.text(60, b'!', b'~'))
            .replace(['#', '"', '<', '>', '\\', '^', '`', '{', '|', '}'], ""),
        1 => format!("{route}{}", ["/", "//", "/..", "/%00", "x"][random.below(5)]),
        _ => route.to_owned(),
    };
    let mut start = '?';
    if random.below(2) == 0 {
        let token = server.token();
        path = format!(
            "{path}?workato_dl_path=https://app.claimproof.example/x&workato_dl_token={token}&token={token}"
        );
        start = '&';
    }
    for _ in 0..random.below(3) {
        let value = value(random, server);
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        path = format!("{path}{start}{}={value}", random.of(&PARAMETERS));
        start = '&';
    }
    (method, path)
}

fn value(random: &mut Random, server: &Server) -> String {
    match random.below(9) {
        0 => server.token(),
        8 => random
            .of(&["application/x-www-form-urlencoded", "application/json", "all=True"])
            .to_owned(),
        1 => format!(
            "{} {}",
            random.of(&["Bearer", "Key"]),
            server.key().unwrap_or_else(|| server.token())
        ),
        2 => random
            .of(&[
                "text/html",
                "application/json",
                "active",
                "XMLHttpRequest",
                "https://portal.example",
            ])
            .to_owned(),
        3 => random.of(&["-9223372036854775808", "9223372036854775807", "0", "1e9"]).to_owned(),
        4 => {
            // A good token with one character changed.
            let mut token: Vec<char> = server.token().chars().collect();
            let place = random.below(token.len());
            token[place] = char::from(b'!' + u8::try_from(random.below(90)).unwrap());
            token.into_iter().collect()
        }
        5 => format!("{0}.{0}.{0}", random.text(20, b'A', b'z')),
        6 => random.of(&["/t/x/views", "//host", "https://app.claimproof.example/x"]).to_owned(),
        _ => random.text(200, b' ', b'~'),
    }
}

fn body(random: &mut Random, server: &Server) -> Vec<u8> {
    let token = server.token();
    match random.below(9) {
        0 => Vec::new(),
        7 => format!("grant_type={}&subject_token={token}&user={token}&subject_token_type=x", value(random, server))
            .into_bytes(),
        8 => serde_json::json!({ "name": value(random, server), "template": "custom", "config": { "scopes": token } })
            .to_string()
            .into_bytes(),
        1 => random.bytes(2000),
        2 => serde_json::json!({ "siteName": value(random, server), "jwt": token }).to_string().into_bytes(),
        3 => serde_json::json!({ "credentials": { "jwt": token, "site": { "contentUrl": value(random, server) } } })
            .to_string()
            .into_bytes(),
        4 => format!("<tsRequest><credentials jwt=\"{token}\"><site contentUrl=\"\"/></credentials></tsRequest>")
            .into_bytes(),
        5 => {
            // Cut somewhere.
            let whole = format!("<tsRequest><credentials jwt=\"{token}\"/></tsRequest>");
            whole.as_bytes()[..random.below(whole.len())].to_vec()
        }
        _ => random.text(500, b' ', b'~').into_bytes(),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_answered_with_a_5xx_or_not_at_all(
    #[values(
        Profile::WorkatoDirectLink,
        Profile::WorkatoApi,
        Profile::TableauConnectedApp,
        Profile::PositConnect
    )]
    profile: Profile,
    #[values(1, 2)] seed: u64,
) {
    let server = Server::start(profile).await;
    let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
    for n in 0..REQUESTS {
        let mut random = Random(seed << 32 | n);
        let (method, path) = request(&mut random, &server);
        let headers: Vec<(&str, String)> = (0..random.below(5))
            .map(|_| (random.of(&HEADERS), value(&mut random, &server)))
            .collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = body(&mut random, &server);
        let shown = || format!("seed {seed}, request {n}: {method} {path} {headers:?} {body:?}");
        let answer = server.try_send(method, &path, &headers, &body).await;
        let answer = answer.unwrap_or_else(|raw| panic!("{} got {raw:?}", shown()));
        assert!(answer.status < 500, "{} got {answer:?}", shown());
        *statuses.entry(answer.status).or_default() += 1;
    }
    // The generator reaches behind the first gate.
    println!("{statuses:?}");
    assert!(statuses.len() >= 2, "{statuses:?}");
    assert!(statuses.keys().any(|status| *status < 400), "nothing was accepted: {statuses:?}");
}
