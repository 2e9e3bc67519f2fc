package io.strandline.storage.file;

import java.nio.file.Path;

/** What an fsync is for, told by where its file lies in the store. */
enum FsyncKind {
    STORE_DIRECTORIES,
    STAGED_FILE,
    DIGEST_LIST,
    AREA_DIRECTORY,
    STAGING_DIRECTORY,
    BLOB_DIRECTORY,
    QUARANTINE_DIRECTORY,
    MANIFEST_FILE,
    FOLDER_DIRECTORY,
    MANIFESTS_DIRECTORY;

    /** Of a store in the directory {@code store} of {@code top}. */
    static FsyncKind below(Path top, Path synced) {
        Path store = top.resolve("store");
        return synced.startsWith(store) && !synced.equals(store) ? of(store, synced) : STORE_DIRECTORIES;
    }

    private static FsyncKind of(Path store, Path synced) {
        Path path = store.relativize(synced);
        String top = path.getName(0).toString();
        return switch (top) {
            case "staging" ->
                switch (path.getNameCount()) {
                    case 1 -> STAGING_DIRECTORY;
                    case 2 -> AREA_DIRECTORY;
                    default -> path.getFileName().toString().startsWith("digests-") ? DIGEST_LIST : STAGED_FILE;
                };
            case "manifests" ->
                switch (path.getNameCount()) {
                    case 1 -> MANIFESTS_DIRECTORY;
                    case 2 -> FOLDER_DIRECTORY;
                    default -> MANIFEST_FILE;
                };
            case "quarantine" -> QUARANTINE_DIRECTORY;
            case "blobs" -> path.getNameCount() == 2 ? BLOB_DIRECTORY : STORE_DIRECTORIES;
            default -> STORE_DIRECTORIES;
        };
    }
}
