package io.strandline.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** Marks as required what a record of ours cannot be without: every component that is not nullable. */
@Component
class RequiredFields implements ModelConverter {

    private static final Pattern CLASS_NAME = Pattern.compile("\\bio\\.strandline\\.[\\w.$]+");

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> raw = ours(type.getType());
        if (resolved != null && raw != null && raw.isRecord()) {
            markRequired(raw, definition(resolved, context));
        }
        return resolved;
    }

    /** The class behind a type, if it is one of ours; swagger's own types tell it in their names only. */
    private static @Nullable Class<?> ours(Type type) {
        Matcher name = CLASS_NAME.matcher(type.getTypeName());
        return name.find() ? ClassUtils.resolveClassName(name.group(), RequiredFields.class.getClassLoader()) : null;
    }

    private static @Nullable Schema<?> definition(Schema<?> resolved, ModelConverterContext context) {
        String ref = resolved.get$ref();
        return ref == null ? resolved : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private static void markRequired(Class<?> record, @Nullable Schema<?> schema) {
        // fields that are left out when empty are never required
        if (schema == null || schema.getProperties() == null || record.isAnnotationPresent(JsonInclude.class)) {
            return;
        }
        for (RecordComponent component : record.getRecordComponents()) {
            boolean known = schema.getProperties().containsKey(component.getName());
            boolean listed =
                    schema.getRequired() != null && schema.getRequired().contains(component.getName());
            if (known && !listed && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.addRequiredItem(component.getName());
            }
        }
    }
}
