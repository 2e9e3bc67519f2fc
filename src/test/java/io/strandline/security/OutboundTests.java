package io.strandline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.ServerTests;
import io.strandline.security.Calls.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a caller writes into a request never makes the server open a connection or a file of its choice: databases and webhooks are
 * named, not addressed, and paths stay under the files roots.
 */
class OutboundTests extends ServerTests {

    private static final String FORMAT = """
            {"name": "outbound",
             "sources": [%s],
             "operators": [{"name": "by-key", "type": "aggregate", "input": "in", "keyBy": ["key"],
                            "aggregates": {"total": "sum(value)"}}],
             "sinks": [%s]}""";

    private static final String NUMBERS =
            "{\"name\": \"in\", \"type\": \"sequence\", \"partitions\": 1, \"count\": 1, \"keys\": 1, \"seed\": 1}";

    private ServerSocket bait;

    @BeforeEach
    void listen() throws IOException {
        bait = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        bait.setSoTimeout(1);
    }

    @AfterEach
    void close() throws IOException {
        bait.close();
    }

    @Test
    void namesConnectionsAndNeverAddressesThem() throws Exception {
        List<String> corpus = Stream.of(
                        "http://%s/",
                        "https://%s/",
                        "//%s/",
                        "jdbc:postgresql://%s/db",
                        "jdbc:h2:tcp://%s/db",
                        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://%s/'",
                        "warehouse;INIT=RUNSCRIPT FROM 'http://%s/'",
                        "warehouse?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext"
                                + "&socketFactoryArg=http://%s/",
                        "../warehouse",
                        "ldap://%s/x",
                        "jndi:ldap://%s/x",
                        "${jndi:ldap://%s/x}",
                        "${secret:DATABASE}",
                        "169.254.169.254",
                        "[::1]:5432",
                        "0x7f000001")
                .map(this::aimed)
                .toList();
        refused(
                corpus,
                text -> FORMAT.formatted(
                        NUMBERS,
                        "{\"name\": \"out\", \"type\": \"jdbc\", \"input\": \"by-key\", \"connection\": \"" + text
                                + "\", \"table\": \"t\", \"mode\": \"UPSERT\", \"keys\": [\"key\"]}"));
    }

    @Test
    void opensNoFileBesideTheRoots() throws Exception {
        List<String> corpus = Stream.of(
                        "http://%s/x",
                        "file:///etc/passwd",
                        "/etc/passwd",
                        "../journal/segment-00000001.log",
                        "a/../../journal/segment-00000001.log",
                        "jar:http://%s/x!/y",
                        "//%s/share/x",
                        "\\\\\\\\%s\\\\share",
                        "demo:../../etc/passwd",
                        "demo:http://%s/",
                        "/proc/self/environ",
                        "..")
                .map(this::aimed)
                .toList();
        refused(
                corpus,
                text -> FORMAT.formatted(
                        "{\"name\": \"in\", \"type\": \"file\", \"path\": \"" + text
                                + "\", \"format\": \"json\", \"schema\": {\"key\": \"long\", \"value\": \"long\"}}",
                        ""));
    }

    @Test
    void writesNothingBesideTheRoots() throws Exception {
        List<String> corpus = Stream.of(
                        "/tmp/strandline-outbound",
                        "../outbound",
                        "a/../../outbound",
                        "../store/blobs/sha256",
                        "../journal",
                        "file:///tmp/strandline-outbound",
                        "./../../../../../../../../tmp/strandline-outbound",
                        "http://%s/x/../../../outbound",
                        "demo:../outbound",
                        "~/../../outbound",
                        "..")
                .map(this::aimed)
                .toList();
        refused(
                corpus,
                text -> FORMAT.formatted(
                        NUMBERS,
                        "{\"name\": \"out\", \"type\": \"file\", \"input\": \"by-key\", \"path\": \"" + text
                                + "\", \"format\": \"json\"}"));
        assertThat(DATA_DIRECTORY.resolve("outbound")).doesNotExist();
        assertThat(Path.of("/tmp/strandline-outbound")).doesNotExist();
    }

    @Test
    void putsNoTableNameIntoSqlThatIsMoreThanAName() throws Exception {
        refused(
                List.of(
                        "t; drop table t",
                        "t\\\" (a) values (1); --",
                        "t\\u0022; shutdown; --",
                        "(select 1)",
                        "t' or '1'='1",
                        "t/**/where",
                        "t\\nwhere"),
                text -> FORMAT.formatted(
                        NUMBERS,
                        "{\"name\": \"out\", \"type\": \"jdbc\", \"input\": \"by-key\", \"connection\": \"warehouse\","
                                + " \"table\": \"" + text + "\", \"mode\": \"UPSERT\", \"keys\": [\"key\"]}"));
    }

    /** Names in paths are looked up, never resolved; sent byte by byte, so that no client tidies them. */
    @Test
    void readsNoFileThatAPathLeadsTo() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String place : List.of(
                "GET /%s",
                "GET /swagger-ui/%s",
                "GET /webjars/%s",
                "GET /actuator/sbom/%s",
                "GET /actuator/health/%s",
                "GET /actuator/health/readiness/%s",
                "GET /api/v1/problems/%s",
                "GET /api/v1/jobs/%s",
                "GET /api/v1/jobs/x/snapshots/%s/export",
                "GET /api/v1/jobs/x/tags/%s",
                "POST /api/v1/gc/quarantine/%s/restore")) {
            for (String climb : List.of(
                    "../../../../../../../../etc/passwd",
                    "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
                    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                    "..%252f..%252f..%252fetc%252fpasswd",
                    "..;/..;/..;/etc/passwd",
                    "..%5c..%5c..%5cetc%5cpasswd",
                    "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
                    "..%00/FORMAT",
                    "file:%2f%2f%2fetc%2fpasswd",
                    "WEB-INF/../application.yaml",
                    "META-INF/../application.yaml")) {
                String answer = raw(place.formatted(climb));
                all.assertThat(answer)
                        .as(place.formatted(climb))
                        .startsWith("HTTP/1.1 4")
                        .doesNotContain("root:x:0", "directory=", "datasource", DATA_DIRECTORY.toString(), "\tat ");
            }
        }
        all.assertAll();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String sent = request + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void hasNoCallThatMakesAWebhook() throws Exception {
        Answer refused = new Calls(baseUri()).post("/api/v1/webhooks", null, aimed("{\"url\": \"http://%s/\"}"));

        assertThat(refused.status()).isEqualTo(405);
        assertThat(visited()).isFalse();
    }

    private void refused(List<String> corpus, java.util.function.UnaryOperator<String> document) throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String text : corpus) {
            Answer refused = new Calls(baseUri()).post("/api/v1/jobs?start=true", null, document.apply(text));
            all.assertThat(refused.status()).as(text + ": " + refused.text()).isEqualTo(422);
            all.assertThat(refused.text()).as(text).doesNotContain(DATA_DIRECTORY.toString());
        }
        all.assertAll();
        assertThat(visited()).as("somebody came to the bait").isFalse();
    }

    private String aimed(String text) {
        return text.replace("%s", "127.0.0.1:" + bait.getLocalPort());
    }

    private boolean visited() throws IOException {
        try {
            bait.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }
}
