package io.strandline.storage;

/** Keeps blobs live until closed; closing twice is harmless. */
public interface Pin extends AutoCloseable {

    @Override
    void close();
}
