package io.strandline.security.web;

import io.strandline.catalog.ApiKey;
import io.strandline.problem.ErrorCode;
import io.strandline.security.key.ApiKeys;
import io.strandline.security.key.MadeKey;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API keys: make, list, give another secret, revoke. */
@RestController
@RequestMapping(path = ApiKeyController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "API keys", description = "Who may call, and what they may do.")
class ApiKeyController {

    static final String PATH = "/api/v1/api-keys";

    private static final String LIST = "api-keys";
    private static final String EXAMPLE = "sk-mfrggzdfmztwq2lk";

    private final ApiKeys keys;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @PostMapping
    @Operation(
            summary = "Make an API key",
            description =
                    "The answer alone tells the key itself: the server keeps no more than a hash of its secret. Repeated"
                            + " with the same Idempotency-Key, it answers with the key that was made and without the secret.")
    @ApiResponse(responseCode = "201", description = "The new key.")
    @Problems({ErrorCode.READ_ONLY, ErrorCode.STORAGE_FULL})
    ResponseEntity<ApiKeyResponse> create(@Valid @RequestBody ApiKeyBody body, Caller caller) {
        MadeKey made = keys.create(body.request(clock.instant()), caller.cause(body.reason()));
        return created(ApiKeyResponse.of(made.key(), null, made.token()));
    }

    static ResponseEntity<ApiKeyResponse> created(ApiKeyResponse key) {
        return ResponseEntity.created(URI.create(PATH + "/" + key.id())).body(key);
    }

    @GetMapping
    @Operation(
            summary = "List API keys",
            description = "All keys that were not revoked, expired ones too; newest first.")
    Page<ApiKeyResponse> list(PageQuery page) {
        @Nullable Place after = page.after(LIST, 2, key -> new Place(Instant.parse(key.get(0)), key.get(1)));
        List<ApiKey> rest = keys.list().stream()
                .filter(key -> after == null || after.isBefore(key))
                .limit(page.fetchSize())
                .toList();
        return Page.of(rest, page, LIST, key -> List.of(key.createdAt().toString(), key.id()))
                .map(this::shown);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Look at an API key", description = "The key without its secret, and when it was last sent.")
    @Problems(ErrorCode.API_KEY_NOT_FOUND)
    ApiKeyResponse get(@Parameter(description = "The key's id.", example = EXAMPLE) @PathVariable String id) {
        return shown(keys.get(id));
    }

    @PostMapping("/{id}/rotate")
    @Operation(
            summary = "Give an API key another secret",
            description =
                    "The key keeps its id, role and jobs. The secret it had counts no more, or for as long as overlap"
                            + " says.")
    @ApiResponse(responseCode = "200", description = "The key with its new secret.")
    @Problems({ErrorCode.API_KEY_NOT_FOUND, ErrorCode.READ_ONLY, ErrorCode.STORAGE_FULL})
    ApiKeyResponse rotate(
            @Parameter(description = "The key's id.", example = EXAMPLE) @PathVariable String id,
            @Valid @RequestBody(required = false) @Nullable RotationBody body,
            Caller caller) {
        RotationBody rotation = body == null ? RotationBody.AT_ONCE : body;
        MadeKey made = keys.rotate(id, rotation.checkedOverlap(), caller.cause(rotation.reason()));
        return ApiKeyResponse.of(made.key(), keys.lastUse(made.key()).orElse(null), made.token());
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Revoke an API key", description = "It counts no more, at once and for ever.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @Problems({ErrorCode.API_KEY_NOT_FOUND, ErrorCode.LAST_ADMIN_KEY, ErrorCode.READ_ONLY, ErrorCode.STORAGE_FULL})
    ResponseEntity<Void> revoke(
            @Parameter(description = "The key's id.", example = EXAMPLE) @PathVariable String id,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            Caller caller) {
        keys.revoke(id, caller.cause(reason));
        return ResponseEntity.noContent().build();
    }

    private ApiKeyResponse shown(ApiKey key) {
        return ApiKeyResponse.of(key, keys.lastUse(key).orElse(null), null);
    }

    /** A place in the list: newest first, those of one moment by id. */
    private record Place(Instant createdAt, String id) {

        boolean isBefore(ApiKey key) {
            int byTime = key.createdAt().compareTo(createdAt);
            return byTime < 0 || byTime == 0 && key.id().compareTo(id) > 0;
        }
    }
}
