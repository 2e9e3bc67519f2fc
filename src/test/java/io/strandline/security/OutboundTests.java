package io.strandline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.ServerTests;
import io.strandline.security.Calls.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
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
