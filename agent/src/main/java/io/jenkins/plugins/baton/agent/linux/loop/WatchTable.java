package io.jenkins.plugins.baton.agent.linux.loop;

import java.util.Arrays;

/**
 * Who is watched, by the number that the kernel gives back. A number is a place in the table and a serial number that is
 * never used again, so that a late event of one who has left does not reach the next in that place.
 */
final class WatchTable {
    private static final int PLACE_BITS = 24;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    private static final int FIRST_SIZE = 64;

    private Watched[] members = new Watched[FIRST_SIZE];
    /** A stack of the places that are free. */
    private int[] free = new int[FIRST_SIZE];

    private int freeCount;
    private int used;
    private long serial;

    /** Gives it a number. */
    void add(Watched member) {
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place == members.length) {
            members = Arrays.copyOf(members, 2 * place);
            free = Arrays.copyOf(free, 2 * place);
        }
        members[place] = member;
        member.number = ++serial << PLACE_BITS | place;
    }

    /** Does nothing for one that is not in it. */
    void remove(Watched member) {
        int place = (int) member.number & PLACE_MASK;
        if (members[place] == member) {
            members[place] = null;
            free[freeCount++] = place;
        }
    }

    /** @return null when it has left */
    Watched find(long number) {
        Watched member = members[(int) number & PLACE_MASK];
        return member != null && member.number == number ? member : null;
    }
}
