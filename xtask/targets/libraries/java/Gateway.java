import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** An API platform gateway around one library, which a class named on the command line calls. */
public class Gateway {
    /** One access profile: `hmac` or `rsa`, and the verification key as it was configured. */
    public record Profile(String method, String key) {}

    /** Verifies a token as the README of the library says; whatever it throws is a refusal. */
    public interface Library {
        void verify(String token) throws Exception;
    }

    static final Map<String, Profile> PROFILES = new HashMap<>();

    /** The profile of the first place that holds a name. */
    static Profile named(Object... places) {
        for (Object place : places) {
            if (place == null || place.equals("")) continue;
            Profile found = place instanceof String name ? PROFILES.get(name) : null;
            if (found == null) break;
            return found;
        }
        throw new IllegalArgumentException("no such access profile");
    }

    /** The RSA key of an SPKI text; other forms are not configured at this gateway. */
    static java.security.interfaces.RSAPublicKey rsa(String pem) throws Exception {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        byte[] der = Base64.getDecoder().decode(body);
        if (pem.contains("CERTIFICATE")) {
            var factory = java.security.cert.CertificateFactory.getInstance("X.509");
            var certificate = factory.generateCertificate(new java.io.ByteArrayInputStream(der));
            return (java.security.interfaces.RSAPublicKey) certificate.getPublicKey();
        }
        var spec = new java.security.spec.X509EncodedKeySpec(der);
        return (java.security.interfaces.RSAPublicKey) java.security.KeyFactory.getInstance("RSA").generatePublic(spec);
    }

    public static void main(String[] arguments) throws Exception {
        for (String line : Files.readAllLines(Path.of(arguments[2]))) {
            String[] columns = line.split("\t");
            String key = new String(Base64.getDecoder().decode(columns[2]), StandardCharsets.UTF_8);
            PROFILES.put(columns[0], new Profile(columns[1], key));
        }
        Library library = (Library) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1])), 50);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", exchange -> {
            int status = 200;
            String body = "{}";
            try {
                String header = exchange.getRequestHeaders().getFirst("authorization");
                if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) throw new Exception("no token");
                String token = header.substring(7).replaceFirst("^ +", "");
                String[] parts = token.split("\\.", -1);
                if (parts.length > 1 && parts[1].length() > 4096) {
                    status = 400;
                    body = "{\"error\":\"JWT payload size exceeded (" + parts[1].length() + ", max 4096)\"}";
                } else {
                    library.verify(token);
                }
            } catch (NullPointerException error) {
                status = 500; // no library throws this of its own will
            } catch (Exception error) {
                status = 403;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }
}
