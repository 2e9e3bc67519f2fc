package io.strandline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.OwnServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as Spring Boot's SSL bundles have it, with certificates made here. */
class TlsTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void servesHttpsAndTakesANewCertificateWhileItRuns() throws Exception {
        Path store = directory.resolve("server.p12");
        Path first = certificate("first");
        Path second = certificate("second");
        Files.copy(first, store);
        try (OwnServer server = OwnServer.on(
                directory.resolve("data"),
                List.of(
                        "--server.ssl.bundle=strandline",
                        "--spring.ssl.bundle.watch.file.quiet-period=50ms",
                        "--spring.ssl.bundle.jks.strandline.reload-on-update=true",
                        "--spring.ssl.bundle.jks.strandline.keystore.location=file:" + store,
                        "--spring.ssl.bundle.jks.strandline.keystore.password=" + PASSWORD,
                        "--spring.ssl.bundle.jks.strandline.keystore.type=PKCS12"))) {
            String url = "https://localhost:" + server.port() + "/actuator/health/liveness";
            assertThat(serial(url, first, second)).isEqualTo(serial(first));

            Path fresh = directory.resolve("fresh.p12");
            Files.copy(second, fresh);
            Files.move(fresh, store, StandardCopyOption.REPLACE_EXISTING);

            Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
            while (!serial(url, first, second).equals(serial(second))) {
                assertThat(Instant.now()).as("the new certificate is served").isBefore(deadline);
                Thread.onSpinWait();
            }
        }
    }

    private Path certificate(String name) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "strandline",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(new String(keytool.getInputStream().readAllBytes()))
                .isZero();
        return store;
    }

    /** The serial number of what a new connection is shown; any of the certificates is trusted. */
    private static BigInteger serial(String url, Path... trusted) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (Path store : trusted) {
            trust.setCertificateEntry(store.toString(), shown(store));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(java.net.URI.create(url)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        SSLSession session = answer.sslSession().orElseThrow();
        return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
    }

    private static BigInteger serial(Path store) throws IOException, GeneralSecurityException {
        return shown(store).getSerialNumber();
    }

    private static X509Certificate shown(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) store.getCertificate("strandline");
    }
}
