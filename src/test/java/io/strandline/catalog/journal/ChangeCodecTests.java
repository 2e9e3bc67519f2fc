package io.strandline.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.Campaign;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.ServerChange;
import io.strandline.catalog.ServerChange.CampaignSaved;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.Verification;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeCodecTests {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.000123Z");
    private static final SnapshotId ID = SnapshotId.parse("019ca6b4-748b-75f3-b4ec-bff843e13794");
    private static final ApiKey KEY =
            new ApiKey("sk-a", "backup", ApiKey.Role.ADMIN, List.of("a*"), "hash-1", null, AT, "ada", null, AT);
    private static final Trashed TRASHED = new Trashed(AT, AT.plusSeconds(1));
    private static final Cause CAUSE = new Cause("ada", "r", "o", "why");
    private static final List<LineSegment> LINE = List.of(new LineSegment("main", 1, 7));

    private static final List<Change> ONE_OF_EACH = List.of(
            new JobChange.JobCreated("j", "flights", null, "{\"a\": \"\u00e9\"}", AT),
            new JobChange.PipelineVersionAdded("j", "main", 2, "{}", AT),
            new JobChange.PipelineVersionChosen("j", "main", 1),
            new JobChange.DesiredStateSet("j", "main", Desired.RUNNING),
            new JobChange.NumbersReserved("j", 10),
            new JobChange.InstanceStarted("j", "main", "i", 3, 1, 4, "rocksdb", ID, "START", AT),
            new JobChange.InstanceEnded("j", "main", "i", "FAILED", false, new ProblemNote("c", "d"), AT),
            new JobChange.JobTrashed("j", TRASHED),
            new JobChange.JobUndeleted("j"),
            new JobChange.JobPurged("j"),
            new SnapshotChange.SnapshotCompleted(
                    ID,
                    "j",
                    "main",
                    7,
                    SnapshotKind.MANUAL,
                    SnapshotMode.FULL,
                    null,
                    ID,
                    null,
                    3,
                    1,
                    "rocksdb",
                    4,
                    AT,
                    AT,
                    10,
                    5,
                    "sha256:00",
                    true,
                    Map.of("k", "v"),
                    "d",
                    LINE,
                    null,
                    null),
            new SnapshotChange.SnapshotDescribed(ID, Map.of(), null),
            new SnapshotChange.SnapshotTrashed(ID, TRASHED, "DELETED"),
            new SnapshotChange.SnapshotUndeleted(ID),
            new SnapshotChange.SnapshotPurged(ID, AT),
            new SnapshotChange.SnapshotVerified(ID, Verification.NONE, Condition.OK, null),
            new SnapshotChange.ConditionChanged(ID, Condition.LOST, "gone"),
            new RefChange.BranchCreated(
                    "j", "b", new Fork("main~1", ID, 7, "main", AT), 2, LINE, new Protection(true, false)),
            new RefChange.BranchProtected("j", "b", Protection.NONE),
            new RefChange.BranchTrashed("j", "b", TRASHED),
            new RefChange.BranchUndeleted("j", "b"),
            new RefChange.BranchPurged("j", "b"),
            new RefChange.SinksChosen("j", "b", Map.of("out", SinkChoice.toPath("fork"), "late", SinkChoice.DISABLED)),
            new RefChange.HeadMoved("j", "main", ID, ID, 7L, LINE, "RESET", 2),
            new RefChange.TagCreated(new Tag("j", "t", ID, 7, null, "ada", AT, null)),
            new RefChange.TagDeleted("j", "t"),
            new RefChange.HoldPlaced(new Hold("h", "j", ID, Hold.Kind.USER, "r", "ada", null, AT, AT)),
            new RefChange.HoldReleased("j", "h"),
            new CampaignSaved(new Campaign(true, Verification.Level.CHECKSUMS, 1 << 30, 86_400_000, 1, AT, "ada")),
            new ServerChange.KeyCreated(KEY),
            new ServerChange.KeyRotated(KEY.rotated("hash-2", AT, AT)),
            new ServerChange.KeyRevoked("sk-a"),
            new PolicyChange.PolicySaved(new Policy(null, null, "{}", 1, AT, "ada")),
            new PolicyChange.PolicyDeleted(null, null),
            new OperationChange.OperationAccepted("o", "t", null, "{}", "ada", AT),
            new OperationChange.OperationEnded("o", "FAILED", null, "{}", AT),
            new OperationChange.RequestAnswered("k", "f", 200, "{}", "body", AT));

    private final ChangeCodec codec = new ChangeCodec();

    @Test
    void tellsNobodyTheHashesOfSecrets() {
        String told = codec.text(new ServerChange.KeyRotated(KEY.rotated("hash-2", AT, AT)));

        assertThat(told).contains("sk-a", "ADMIN").doesNotContain("hash-1", "hash-2");
    }

    @Test
    void refusesNulButNotTheTextThatEscapesIt() {
        ChangeCodec codec = new ChangeCodec();
        Scope scope = new Scope.OfJob("j");
        List<Change> changes = List.of(new JobChange.JobPurged("j"));
        for (String reason : List.of("a\0b", "\0", "\\\0")) {
            Cause cause = new Cause("ada", "r", null, reason);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.encode(AT, scope, cause, changes))
                    .withMessageContaining("NUL");
        }
        Cause escaped = new Cause("ada", "r", null, "\\u0000 and \\\\u0000");
        byte[] entry = codec.encode(AT, scope, escaped, changes);
        assertThat(codec.decode(1, "", entry).cause()).isEqualTo(escaped);
    }

    @Test
    void readsBackEveryKindOfChange() {
        assertThat(ONE_OF_EACH)
                .extracting(change -> (Object) change.getClass())
                .containsExactlyInAnyOrderElementsOf(ChangeCodec.kindsByName().values());
        for (Scope scope : List.of(new Scope.OfJob("j"), new Scope.OfServer(), new Scope.OfOperation("o"))) {
            JournalEntry read = codec.decode(5, "hash", codec.encode(AT, scope, CAUSE, ONE_OF_EACH));
            assertThat(read).isEqualTo(new JournalEntry(5, "hash", AT, scope, CAUSE, ONE_OF_EACH));
        }
    }

    @Test
    void keepsWhatIsOnDiskReadable() {
        String old = """
                {"at":"2026-03-01T12:00:00.000123Z","job":"j",\
                "cause":{"actor":"ada","requestId":"r","operationId":"o","reason":"why"},\
                "changes":[{"change":"tag-deleted","jobId":"j","name":"t"},\
                {"change":"snapshot-undeleted","id":"019ca6b4-748b-75f3-b4ec-bff843e13794"}]}""";
        List<Change> changes = List.of(new RefChange.TagDeleted("j", "t"), new SnapshotChange.SnapshotUndeleted(ID));
        assertThat(codec.decode(1, "", old.getBytes(StandardCharsets.UTF_8)).changes())
                .isEqualTo(changes);
        assertThat(new String(codec.encode(AT, new Scope.OfJob("j"), CAUSE, changes), StandardCharsets.UTF_8))
                .isEqualTo(old);
    }

    @Test
    void readsMovesOfHeadsThatLeftThePipelineOutOfIt() {
        String old = """
                {"at":"2026-03-01T12:00:00Z","job":"j",\
                "cause":{"actor":"ada","requestId":null,"operationId":null,"reason":null},\
                "changes":[{"change":"head-moved","jobId":"j","branch":"main","from":null,\
                "to":"019ca6b4-748b-75f3-b4ec-bff843e13794","toNumber":7,"line":[],"verb":"ROLLBACK"}]}""";
        assertThat(codec.decode(1, "", old.getBytes(StandardCharsets.UTF_8)).changes())
                .containsExactly(new RefChange.HeadMoved("j", "main", null, ID, 7L, List.of(), "ROLLBACK", null));
    }

    @Test
    void keepsTheKeyOfTheRequest() {
        Cause keyed = new Cause("ada", "r", null, null, new Cause.RequestKey("k", "f", AT));
        JournalEntry read = codec.decode(1, "", codec.encode(AT, new Scope.OfServer(), keyed, ONE_OF_EACH));
        assertThat(read.cause()).isEqualTo(keyed);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertRefused(UnknownChangeException.class, "{\"change\":\"job-cloned\",\"jobId\":\"j\"}", "job-cloned");
        assertRefused(
                IllegalArgumentException.class, "{\"change\":\"job-purged\",\"jobId\":\"j\",\"colour\":1}", "colour");
        assertRefused(IllegalArgumentException.class, "{\"jobId\":\"j\"}", "change");
    }

    private void assertRefused(Class<? extends Exception> refusal, String change, String message) {
        String entry = "{\"at\":\"2026-03-01T12:00:00Z\",\"cause\":{\"actor\":\"a\"},\"changes\":[" + change + "]}";
        assertThatExceptionOfType(refusal)
                .isThrownBy(() -> codec.decode(9, "", entry.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(message);
    }
}
