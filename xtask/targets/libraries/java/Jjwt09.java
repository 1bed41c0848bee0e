import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.SigningKeyResolverAdapter;
import java.nio.charset.StandardCharsets;

/** jjwt 0.9.1 with `parse`, which takes tokens without signature as well. */
public class Jjwt09 implements Gateway.Library {
    public void verify(String token) {
        Jwts.parser().setSigningKeyResolver(new SigningKeyResolverAdapter() {
            @Override
            public java.security.Key resolveSigningKey(JwsHeader header, Claims claims) {
                Gateway.Profile found = Gateway.named(header.getKeyId(), claims.getSubject());
                try {
                    if (found.method().equals("rsa")) return Gateway.rsa(found.key());
                } catch (Exception error) {
                    throw new IllegalArgumentException(error);
                }
                byte[] key = found.key().getBytes(StandardCharsets.UTF_8);
                return new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256");
            }
        }).parse(token);
    }
}
