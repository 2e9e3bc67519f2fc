package io.strandline.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** An OpenID Connect issuer that hands out whatever tokens a test asks for. */
final class LocalIssuer implements AutoCloseable {

    private final WebServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile RSAKey key;
    private volatile boolean down;

    LocalIssuer() throws JOSEException {
        this.key = rsaKey("issuer-key");
        TomcatServletWebServerFactory servers = new TomcatServletWebServerFactory(0);
        servers.setAddress(InetAddress.getLoopbackAddress());
        this.server = servers.getWebServer(context -> {
            context.addServlet("configuration", new Document(this::configuration))
                    .addMapping("/.well-known/openid-configuration");
            context.addServlet("keys", new Document(() -> new JWKSet(key.toPublicJWK()).toString()))
                    .addMapping("/keys");
        });
        server.start();
    }

    private String configuration() {
        return "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\", \"subject_types_supported\": [\"public\"]}"
                .formatted(url(), url());
    }

    /** Shows JSON, unless the issuer is down. */
    private final class Document extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Supplier<String> json;

        Document(Supplier<String> json) {
            this.json = json;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            calls.incrementAndGet();
            if (down) {
                response.setStatus(503);
                return;
            }
            response.setContentType("application/json");
            response.getOutputStream().write(json.get().getBytes(StandardCharsets.UTF_8));
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Claims that are good for a minute. */
    JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience("strandline")
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(claims, key);
    }

    /** Signed by a key that the issuer has never heard of, under a name of its own. */
    String strange(JWTClaimsSet claims, String keyId) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** Has another key from now on. */
    void rotate(String keyId) throws JOSEException {
        key = rsaKey(keyId);
    }

    /** How often it was asked for something. */
    int calls() {
        return calls.get();
    }

    /** Signed by a key that only says that it is the issuer's. */
    String forged(JWTClaimsSet claims) throws JOSEException {
        return signed(claims, rsaKey("issuer-key"));
    }

    /** Signed with the issuer's public key, taken for a shared secret: the classic confusion of algorithms. */
    String confused(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static RSAKey rsaKey(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    /** Whether it answers with nothing but failures. */
    void setDown(boolean down) {
        this.down = down;
    }

    @Override
    public void close() {
        server.destroy();
    }
}
