package io.strandline.storage.memory;

import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that only their writer sees until they are published. */
final class MemoryStaging implements Staging {

    private final String name;
    private final MemoryBlobs blobs;
    private final Map<String, Set<Digest>> areas;
    private final Map<String, MemoryStagedFile> files = new ConcurrentHashMap<>();
    private final Set<Digest> published = new LinkedHashSet<>();
    private boolean committed;
    private boolean closed;

    MemoryStaging(String name, MemoryBlobs blobs, Map<String, Set<Digest>> leftovers) {
        this.name = name;
        this.blobs = blobs;
        this.areas = leftovers;
    }

    @Override
    public StagedFile create(String fileName) throws IOException {
        MemoryStagedFile file = new MemoryStagedFile(fileName, blobs.budget());
        if (files.putIfAbsent(fileName, file) != null) {
            throw new FileAlreadyExistsException(name + "/" + fileName);
        }
        return file;
    }

    @Override
    public synchronized void publish(Collection<StagedBlob> sealed) {
        if (closed) {
            throw new IllegalStateException("staging area " + name + " is closed");
        }
        for (StagedBlob staged : sealed) {
            MemoryStagedFile file = files.get(staged.file());
            if (file == null || !file.sealed()) {
                throw new IllegalArgumentException(staged.file() + " is not a sealed file of staging area " + name);
            }
            if (published.add(staged.blob().digest())) {
                blobs.addAndPin(staged.blob().digest(), file);
            }
        }
    }

    @Override
    public synchronized void committed() {
        committed = true;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        files.values().forEach(MemoryStagedFile::discard);
        published.forEach(blobs.guards()::unpin);
        if (committed || published.isEmpty()) {
            areas.remove(name);
        } else {
            areas.put(name, Set.copyOf(published));
        }
    }
}
