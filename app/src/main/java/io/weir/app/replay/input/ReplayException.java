package io.weir.app.replay.input;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** A replay cannot go on. The message is one line for people: what failed, why, and what to do about it. */
public final class ReplayException extends RuntimeException {
    public ReplayException(String message) {
        super(message);
    }

    public ReplayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The cause in one line: its message, or its kind when it has none. */
    public static String reason(Throwable cause) {
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return reason(file);
        }
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** These say no more than the file's name in their message. */
    private static String reason(FileSystemException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied for " + cause.getFile();
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no " + cause.getFile();
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return cause.getFile() + " is no directory";
        }
        return cause.getClass().getSimpleName() + " " + cause.getFile();
    }
}
