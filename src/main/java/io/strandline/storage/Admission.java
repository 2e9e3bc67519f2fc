package io.strandline.storage;

/** Asked before anything large is begun to be written: a disk with hardly any room is left to what frees some. */
@FunctionalInterface
public interface Admission {

    /**
     * Returns when there is room.
     *
     * @throws StorageFullException when nothing large is to be written for now
     */
    void admit() throws StorageFullException;

    /** Admits everything. */
    static Admission always() {
        return () -> {};
    }
}
