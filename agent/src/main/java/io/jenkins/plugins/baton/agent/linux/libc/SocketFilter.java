package io.jenkins.plugins.baton.agent.linux.libc;

/**
 * What a socket receives: classic BPF (linux/filter.h), run by the kernel for each packet, frame or message. What it refuses
 * never wakes the socket's reader.
 */
public final class SocketFilter {
    private final NativeMemory program;

    /** @param instructions as the methods below make them */
    public SocketFilter(long... instructions) {
        program = new NativeMemory(instructions.length * Long.BYTES);
        for (long instruction : instructions) {
            program.bytes()
                    .putShort((short) (instruction >>> 48))
                    .put((byte) (instruction >>> 40))
                    .put((byte) (instruction >>> 32))
                    .putInt((int) instruction);
        }
    }

    /** struct sock_fprog. */
    public byte[] structure() {
        return StructWriter.of(16)
                .int16(program.size() / Long.BYTES)
                .zeros(6)
                .int64(program.address())
                .array();
    }

    /** BPF_LD | BPF_W | BPF_ABS */
    public static long word(int offset) {
        return instruction(0x20, 0, 0, offset);
    }

    /** BPF_LD | BPF_H | BPF_ABS */
    public static long half(int offset) {
        return instruction(0x28, 0, 0, offset);
    }

    /** BPF_LD | BPF_B | BPF_ABS */
    public static long octet(int offset) {
        return instruction(0x30, 0, 0, offset);
    }

    /** BPF_ALU | BPF_AND | BPF_K */
    public static long masked(int mask) {
        return instruction(0x54, 0, 0, mask);
    }

    /** BPF_LDX | BPF_B | BPF_MSH: the length of the IPv4 header that begins there. */
    public static long headerLength(int offset) {
        return instruction(0xb1, 0, 0, offset);
    }

    /** BPF_LD | BPF_B | BPF_IND */
    public static long octetBehindHeader(int offset) {
        return instruction(0x50, 0, 0, offset);
    }

    /** BPF_LD | BPF_H | BPF_IND */
    public static long halfBehindHeader(int offset) {
        return instruction(0x48, 0, 0, offset);
    }

    /** BPF_JMP | BPF_JEQ | BPF_K; skips that many instructions when it is equal, or when it is not. */
    public static long equal(int value, int skipIfEqual, int skipIfNot) {
        return instruction(0x15, skipIfEqual, skipIfNot, value);
    }

    /** BPF_JMP | BPF_JA: skips that many instructions. */
    public static long jump(int skip) {
        return instruction(0x05, 0, 0, skip);
    }

    /** BPF_RET | BPF_K */
    public static long accept() {
        return instruction(0x06, 0, 0, 0xffff);
    }

    public static long refuse() {
        return instruction(0x06, 0, 0, 0);
    }

    /** Any other one of linux/bpf_common.h. */
    public static long instruction(int code, int ifTrue, int ifFalse, int operand) {
        return (long) code << 48 | (long) ifTrue << 40 | (long) ifFalse << 32 | operand & 0xffffffffL;
    }
}
