import java.util.HashMap;
import java.util.Map;
import org.primeframework.jwt.Verifier;
import org.primeframework.jwt.domain.JWT;
import org.primeframework.jwt.hmac.HMACVerifier;
import org.primeframework.jwt.rsa.RSAVerifier;

/** prime-jwt with a verifier for each `kid`. */
public class PrimeJwt implements Gateway.Library {
    private final Map<String, Verifier> verifiers = new HashMap<>();

    public PrimeJwt() {
        Gateway.PROFILES.forEach((name, profile) -> {
            if (profile.method().equals("hmac")) verifiers.put(name, HMACVerifier.newVerifier(profile.key()));
            else if (profile.key().startsWith("-----BEGIN PUBLIC KEY")) verifiers.put(name, RSAVerifier.newVerifier(profile.key()));
        });
    }

    public void verify(String token) {
        JWT.getDecoder().decode(token, verifiers);
    }
}
