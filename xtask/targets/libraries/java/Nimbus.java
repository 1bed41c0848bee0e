import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;

/** nimbus-jose-jwt with the verifier of the profile's method and no other. */
public class Nimbus implements Gateway.Library {
    public void verify(String token) throws Exception {
        SignedJWT parsed = SignedJWT.parse(token);
        var claims = parsed.getJWTClaimsSet().getClaims();
        Gateway.Profile found = Gateway.named(
            claims.get("https://www.workato.com/sub"), claims.get("workato_sub"), parsed.getHeader().getKeyID(),
            claims.get("sub"));
        boolean hmac = found.method().equals("hmac");
        JWSAlgorithm alg = hmac ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256;
        if (!parsed.getHeader().getAlgorithm().equals(alg)) throw new Exception("another algorithm");
        var verifier = hmac
            ? new MACVerifier(found.key().getBytes(StandardCharsets.UTF_8))
            : new RSASSAVerifier(Gateway.rsa(found.key()));
        if (!parsed.verify(verifier)) throw new Exception("not valid");
    }
}
