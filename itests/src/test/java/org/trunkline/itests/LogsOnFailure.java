package org.trunkline.itests;

import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints the logs of the hubs and sandboxes in a test's fields when the test failed. */
final class LogsOnFailure implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            Arrays.stream(context.getRequiredTestClass().getDeclaredFields())
                    .filter(field -> Logged.class.isAssignableFrom(field.getType()))
                    .forEach(field -> print(field, context.getRequiredTestInstance()));
        }
    }

    private static void print(Field field, Object test) {
        try {
            field.setAccessible(true);
            if (field.get(test) instanceof Logged logged) {
                System.err.printf("--- %s ---%n%s%n", field.getName(), logged.logTail());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
