package io.strandline.catalog.lookup;

import io.strandline.catalog.ApiKey;
import java.util.List;
import java.util.Optional;

/** The API keys that were not revoked. */
public interface KeyRegister {

    /** A key by its id, expired or not. */
    Optional<ApiKey> key(String id);

    /** All keys, newest first, those of one moment by id. */
    List<ApiKey> keys();
}
