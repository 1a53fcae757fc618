package io.jenkins.plugins.baton.fleet.maintenance;

/**
 * A part of a maintenance.
 *
 * @param name one of steady, handover, drain, sessions, work, return, enable, settle, in this order
 * @param at when it began, ISO 8601
 * @param millis how long it took
 * @param note what came of it, for a person; may be empty
 */
public record Phase(String name, String at, long millis, String note) {
    public static final String STEADY = "steady";
    public static final String HANDOVER = "handover";
    public static final String DRAIN = "drain";
    public static final String SESSIONS = "sessions";
    public static final String WORK = "work";
    public static final String RETURN = "return";
    public static final String ENABLE = "enable";
    public static final String SETTLE = "settle";
}
