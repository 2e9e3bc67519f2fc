package io.strandline.version.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of each kind of file that a version consists of one byte is flipped, at its beginning, in its middle, at its end, or cut off. */
class FlippedByteTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @ParameterizedTest
    @CsvSource({
        "rocksdb, run, CHECKSUMS, 0.0",
        "rocksdb, run, CHECKSUMS, 0.5",
        "rocksdb, run, CHECKSUMS, 0.999",
        "filesystem, run, CHECKSUMS, 0.0",
        "filesystem, run, CHECKSUMS, 0.5",
        "filesystem, run, CHECKSUMS, 0.999",
        "filesystem, manifest, PRESENCE, 0.0",
        "filesystem, manifest, PRESENCE, 0.5",
        "filesystem, manifest, PRESENCE, 0.999"
    })
    void isNamedByVerifyAndRefusedByRestoreWhileOtherVersionsRestore(
            String backend, String kind, String level, double place) throws IOException {
        String job = "flip-" + backend + "-" + kind + "-" + Math.round(place * 1000);
        jobs.run(JobCalls.sums(job, backend));
        int sound = jobs.snapshot(job);
        int damaged = jobs.snapshot(job);
        int newest = jobs.snapshot(job);
        Path file = kind.equals("manifest") ? manifest(job, damaged) : fileOnlyOf(job, damaged, sound);
        flip(file, place);

        String restore = "{\"to\": " + damaged + ", \"mode\": \"ROLLBACK\", \"expectedHead\": " + newest + "}";
        jobs.post(job, "restore", restore).statusCode(409).body("code", equalTo("damaged"));
        assertThat(jobs.get(job, "/snapshots/" + damaged).getString("condition"))
                .as("the refusal is enough to flag it")
                .isEqualTo("DAMAGED");
        JsonPath verified = jobs.done(job, "snapshots/" + damaged + "/verify", "{\"level\": \"" + level + "\"}");
        assertThat(verified.getString("result.outcome")).isEqualTo("DAMAGED");
        assertThat(verified.<String>getList("result.findings.file"))
                .anySatisfy(name -> assertThat(file.toString()).endsWith(name));

        jobs.post(job, "restore", restore).statusCode(409).body("code", equalTo("damaged"));
        assertThat(jobs.get(job, "").getString("state")).isEqualTo("RUNNING");
        assertThat(jobs.get(job, "/snapshots/" + damaged).getString("condition"))
                .isEqualTo("DAMAGED");

        jobs.done(job, "restore", "{\"to\": " + sound + ", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        assertThat(jobs.get(job, "").getInt("head.number")).isEqualTo(sound);
        assertThat(jobs.done(job, "snapshots/" + sound + "/verify", "{\"level\": \"CONTENT\"}")
                        .getString("result.outcome"))
                .isEqualTo("INTACT");
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
    }

    @ParameterizedTest
    @CsvSource({"filesystem, PRESENCE", "rocksdb, CHECKSUMS"})
    void isNamedAsTooShortWhenAFileIsCutAndRefusedByRestore(String backend, String level) throws IOException {
        String job = "cut-" + backend;
        jobs.run(JobCalls.sums(job, backend));
        int sound = jobs.snapshot(job);
        int cut = jobs.snapshot(job);
        Path file = fileOnlyOf(job, cut, sound);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        JsonPath verified = jobs.done(job, "snapshots/" + cut + "/verify", "{\"level\": \"" + level + "\"}");
        assertThat(verified.getString("result.outcome")).isEqualTo("DAMAGED");
        assertThat(verified.getString("result.findings[0].fault")).isEqualTo("SIZE");
        assertThat(file.toString()).endsWith(verified.getString("result.findings[0].file"));
        jobs.post(job, "restore", "{\"to\": " + cut + ", \"mode\": \"REVERT\"}")
                .statusCode(409)
                .body("code", equalTo("damaged"));
        assertThat(jobs.get(job, "").getString("state")).isEqualTo("RUNNING");

        jobs.done(job, "restore", "{\"to\": " + sound + ", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        Files.write(file, bytes);
        assertThat(jobs.done(job, "snapshots/" + cut + "/verify", "{\"level\": \"CHECKSUMS\"}")
                        .getString("result.outcome"))
                .as("put back as it was")
                .isEqualTo("INTACT");
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
    }

    /** A file that the version names and the earlier one does not. */
    private Path fileOnlyOf(String job, int version, int earlier) {
        List<String> known =
                jobs.get(job, "/snapshots/" + earlier + "/manifest").getList("layers.digest");
        String digest = jobs.get(job, "/snapshots/" + version + "/manifest").<String>getList("layers.digest").stream()
                .filter(layer -> !known.contains(layer))
                .findFirst()
                .orElseThrow();
        return DATA_DIRECTORY.resolve("store/blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private Path manifest(String job, int version) {
        String id = jobs.get(job, "").getString("id");
        return DATA_DIRECTORY.resolve("store/manifests").resolve(id).resolve(version + ".json");
    }

    private static void flip(Path file, double place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (place * (bytes.length - 1))] ^= 1;
        Files.write(file, bytes);
    }
}
