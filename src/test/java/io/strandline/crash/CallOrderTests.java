package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker of {@link CallOrderIT} notices when anything of the order is missing. */
class CallOrderTests {

    private static final List<String> CHECKPOINT = List.of(
            "7 1.0 fsync(9</d/files/out/.open-main-0-aa>) = 0",
            "7 1.1 rename(\"/d/files/out/.open-main-0-aa\", \"/d/files/out/.part-main-2-0-0.json\") = 0",
            "7 1.2 fsync(9</d/files/out>) = 0",
            "7 1.3 fsync(9</d/store/staging/i-2/a>) = 0",
            "7 1.4 link(\"/d/store/staging/i-2/a\", \"/d/store/blobs/sha256/aa\") = 0",
            "7 1.5 fsync(9</d/store/blobs/sha256>) = 0",
            "8 1.6 fsync(10</d/store/manifests/j/2.json.tmp> <unfinished ...>",
            "8 1.7 <... fsync resumed>) = 0",
            "8 1.8 link(\"/d/store/manifests/j/2.json.tmp\", \"/d/store/manifests/j/2.json\") = 0",
            "8 1.9 fsync(10</d/store/manifests/j>) = 0",
            "8 2.0 fsync(11</d/journal/segment-00000001.log>) = 0",
            "7 2.1 rename(\"/d/files/out/.part-main-2-0-0.json\", \"/d/files/out/part-main-2-0-0.json\") = 0",
            "7 2.2 fsync(9</d/files/out>) = 0");

    @Test
    void acceptsTheOrderThatIsPromised() {
        assertThat(new CallOrder(SystemCall.parse(CHECKPOINT)).ofCheckpoint(2)).isEmpty();
    }

    @Test
    void noticesWhenAnyCallIsLeftOutOrFails() {
        for (int left = 0; left < CHECKPOINT.size(); left++) {
            List<String> without = new ArrayList<>(CHECKPOINT);
            String line = without.remove(left);
            List<String> failing = new ArrayList<>(CHECKPOINT);
            failing.set(left, line.replace("= 0", "= -1 EIO (Input/output error)"));

            assertThat(new CallOrder(SystemCall.parse(without)).ofCheckpoint(2))
                    .as("without " + line)
                    .isNotEmpty();
            if (!failing.get(left).equals(line)) {
                assertThat(new CallOrder(SystemCall.parse(failing)).ofCheckpoint(2))
                        .as("with a failed " + line)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void noticesWhenTheManifestComesBeforeTheBlobsOrTheOutputBeforeTheEntry() {
        assertThat(moved(5, 9)).as("the blobs' directory after the manifest").isNotEmpty();
        assertThat(moved(10, 11)).as("the journal after the output").isNotEmpty();
        assertThat(moved(9, 10))
                .as("the manifest's directory after the journal")
                .isNotEmpty();
    }

    private static List<String> moved(int from, int to) {
        List<String> lines = new ArrayList<>(CHECKPOINT);
        lines.add(to, lines.remove(from));
        return new CallOrder(SystemCall.parse(lines)).ofCheckpoint(2);
    }
}
