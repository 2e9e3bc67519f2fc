package io.strandline.catalog;

/** Changes of what belongs to no job: who may call the server, and what it does of its own accord. */
public sealed interface ServerChange extends Change {

    /** The verification campaign was set. */
    record CampaignSaved(Campaign campaign) implements ServerChange {}

    /** Somebody was given an API key. */
    record KeyCreated(ApiKey key) implements ServerChange {}

    /** A key got another secret; {@code key} is what it is now. */
    record KeyRotated(ApiKey key) implements ServerChange {}

    /** A key counts no more. */
    record KeyRevoked(String id) implements ServerChange {}
}
