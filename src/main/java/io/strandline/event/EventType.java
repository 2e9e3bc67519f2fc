package io.strandline.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of events there are; the name in kebab-case is what is on the wire. */
public enum EventType {
    JOB_CREATED("A job was submitted."),
    PIPELINE_VERSION_ADDED("A branch got a new pipeline document."),
    PIPELINE_VERSION_CHOSEN("A branch runs an earlier pipeline version again."),
    DESIRED_STATE_SET("Somebody, the end of input or a failure decided whether a branch should run."),
    INSTANCE_STARTED("An instance was granted its epoch."),
    INSTANCE_ENDED("An instance is over; `data.problem` says what failed, if something did."),
    JOB_TRASHED("A job and its versions went to the trash."),
    JOB_UNDELETED("A job came back from the trash."),
    JOB_PURGED("A job is gone for good; its name is free."),
    SNAPSHOT_COMPLETED("A checkpoint completed: there is a new version, and it is its branch's head."),
    SNAPSHOT_DESCRIBED("Labels or description of a version were replaced."),
    SNAPSHOT_TRASHED("A version went to the trash; `data.because` is `DELETED` or `EXPIRED`."),
    SNAPSHOT_UNDELETED("A version came back from the trash."),
    SNAPSHOT_PURGED("A version's files are gone."),
    SNAPSHOT_VERIFIED("A version was verified and nothing is wrong with it."),
    SNAPSHOT_DAMAGED("A version was found damaged or lost."),
    SNAPSHOT_MENDED("A version that was damaged or lost is whole again."),
    BRANCH_CREATED("A branch was made."),
    BRANCH_PROTECTED("A branch's protection was replaced."),
    BRANCH_TRASHED("A branch was deleted."),
    BRANCH_UNDELETED("A branch came back from the trash."),
    BRANCH_PURGED("A deleted branch is gone for good; its name is free."),
    SINKS_CHOSEN("Where the sinks of a branch write was replaced."),
    HEAD_MOVED("A branch's head was moved by a verb, `data.verb`; completed checkpoints are `snapshot-completed`."),
    TAG_CREATED("A tag was made."),
    TAG_DELETED("A tag was deleted or had expired."),
    HOLD_PLACED("A hold was placed."),
    HOLD_RELEASED("A hold was released or had expired."),
    POLICY_SAVED("A retention policy was saved."),
    POLICY_DELETED("A retention policy was deleted."),
    CAMPAIGN_SAVED("The verification campaign was replaced."),
    KEY_CREATED("Somebody was given an API key."),
    KEY_ROTATED("An API key got another secret."),
    KEY_REVOKED("An API key was revoked."),
    OPERATION_ACCEPTED("An operation was accepted; garbage collections and retention plans are operations, too."),
    OPERATION_ENDED("An operation ended; `data.state` is `SUCCEEDED`, `FAILED` or `CANCELLED`."),

    JOB_STATE_CHANGED("A job's state on a branch is another: `data.state`, and before `data.before`.", false),
    INSTANCE_RUNNING("An instance's sources read records now.", false),
    CHECKPOINT_STARTED("An attempt at a checkpoint began.", false),
    CHECKPOINT_PROGRESS("An attempt moved on; `data.phaseMillis` has the phases behind it.", false),
    CHECKPOINT_COMPLETED("An attempt ended well; the version it made is told by `snapshot-completed`.", false),
    CHECKPOINT_FAILED("An attempt failed or was given up; `data.failure` says why.", false),
    OPERATION_PROGRESS("An operation moved on: `data.state`, `data.stage`, `data.progress`.", false);

    private final String meaning;
    private final boolean journaled;

    EventType(String meaning) {
        this(meaning, true);
    }

    EventType(String meaning, boolean journaled) {
        this.meaning = meaning;
        this.journaled = journaled;
    }

    /** The name on the wire, such as {@code tag-created}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happened, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether events of this kind are in the journal, and so are told again to whoever was away. */
    public boolean journaled() {
        return journaled;
    }

    /** The kind of this name, if there is one. */
    public static Optional<EventType> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(name))
                .findFirst();
    }

    /** All names. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(EventType::wireName).toList();
    }
}
