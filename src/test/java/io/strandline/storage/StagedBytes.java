package io.strandline.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes short texts into staging areas. */
public final class StagedBytes {

    public static final String MEDIA_TYPE = "application/vnd.strandline.test";

    private StagedBytes() {}

    /** Stages one text under a name, sealed. */
    public static StagedBlob stage(Staging staging, String name, String text) throws IOException {
        StagedFile file = staging.create(name);
        file.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return file.seal(MEDIA_TYPE);
    }

    /** Stages and publishes one text. */
    public static Blob publish(Staging staging, String name, String text) throws IOException {
        StagedBlob staged = stage(staging, name, text);
        staging.publish(java.util.List.of(staged));
        return staged.blob();
    }
}
