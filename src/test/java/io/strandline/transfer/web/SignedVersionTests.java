package io.strandline.transfer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that sign versions, and servers that want them signed. */
class SignedVersionTests {

    @TempDir
    private Path directory;

    @Test
    void onlyVersionsOfTrustedKeysRunWhereSignaturesAreRequired() throws Exception {
        key("ours");
        key("theirs");
        byte[] unsigned;
        byte[] signed;
        String keyId;
        try (OwnServer plain = OwnServer.on(directory.resolve("there"))) {
            plain.jobs().run(JobCalls.sums("sums", "filesystem"));
            plain.jobs().snapshot("sums");
            unsigned = export(plain);
        }
        try (OwnServer signing = OwnServer.on(directory.resolve("there"), settings("theirs", "REQUIRE"))) {
            JsonPath refused = signing.jobs().get("sums", "");
            assertThat(refused.getString("state")).isNotEqualTo("RUNNING");
            signing.jobs().operation("sums", "start", "{\"from\": \"EMPTY\"}");
            signing.jobs().awaitState("sums", "RUNNING");
            signing.jobs().snapshot("sums");
            keyId = signing.jobs().get("sums", "/snapshots/latest").getString("signedBy");
            signed = export(signing);
            verifyingMissesTheSignature(signing);
        }
        assertThat(keyId).startsWith("sha256:");

        try (OwnServer strict = OwnServer.on(directory.resolve("strict"), settings("ours", "REQUIRE"))) {
            take(strict, unsigned).statusCode(409).body("code", equalTo("signature-missing"));
            take(strict, signed)
                    .statusCode(409)
                    .body("code", equalTo("signature-invalid"))
                    .body("detail", containsString(keyId));
        }
        try (OwnServer trusting = OwnServer.on(directory.resolve("strict"), trustingBoth())) {
            take(trusting, stripped(signed)).statusCode(409).body("code", equalTo("signature-missing"));
            take(trusting, signed).statusCode(200).body("state", equalTo("SUCCEEDED"));
            trusting.jobs().done("copy", "start", "{}");
            JsonPath version = trusting.jobs().get("copy", "/snapshots/1");
            assertThat(version.getString("signedBy")).isNotNull().isNotEqualTo(keyId);
        }
        try (OwnServer warning = OwnServer.on(directory.resolve("warning"), settings("ours", "WARN"))) {
            take(warning, unsigned).statusCode(200).body("state", equalTo("SUCCEEDED"));
        }
    }

    /** The first version is older than the key, which says nothing of its state. */
    private static void verifyingMissesTheSignature(OwnServer server) {
        JsonPath verified = server.jobs().done("sums", "snapshots/1/verify", "{}");
        assertThat(verified.getString("result.signature.verdict")).isEqualTo("MISSING");
        assertThat(verified.getList("result.findings.fault")).contains("SIGNATURE");
        assertThat(verified.getString("result.condition")).isEqualTo("OK");
    }

    /** The archive without its signature, which every plain tool can make. */
    private static byte[] stripped(byte[] archive) {
        TarFile tar = TarFile.read(archive);
        String index = tar.text("index.json");
        int second = index.indexOf(",{\"mediaType\"");
        String manifest = index.substring(index.indexOf("sha256:", second) + 7).substring(0, 64);
        String layer = tar.text("blobs/sha256/" + manifest);
        String signature = layer.substring(layer.indexOf("sha256:", layer.indexOf("layers")) + 7)
                .substring(0, 64);
        tar.replace("index.json", index.substring(0, second) + "]}");
        tar.entries.removeIf(entry ->
                entry.name().endsWith(manifest) || entry.name().endsWith(signature) || entry.content.length == 2);
        return tar.bytes();
    }

    private static byte[] export(OwnServer server) {
        return given().spec(server.api())
                .get("/api/v1/jobs/sums/snapshots/latest/export")
                .asByteArray();
    }

    private static ValidatableResponse take(OwnServer server, byte[] archive) {
        return given().spec(server.api())
                .contentType(TransferController.TAR)
                .header("Prefer", "wait=30")
                .body(archive)
                .post("/api/v1/jobs/copy/snapshots/import?create=true")
                .then();
    }

    private List<String> settings(String key, String policy) {
        return List.of(
                "--strandline.signing.key-file=" + directory.resolve(key + ".pem"),
                "--strandline.signing.trusted-keys=" + directory.resolve(key + ".pub"),
                "--strandline.signing.policy=" + policy);
    }

    private List<String> trustingBoth() {
        return settings("ours", "REQUIRE").stream()
                .map(setting -> setting.replace("ours.pub", "ours.pub," + directory.resolve("theirs.pub")))
                .toList();
    }

    private void key(String name) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        write(name + ".pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void write(String file, String label, byte[] encoded) throws IOException {
        String text = "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
        Files.writeString(directory.resolve(file), text);
    }
}
