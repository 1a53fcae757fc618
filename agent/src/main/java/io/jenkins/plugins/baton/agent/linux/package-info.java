/**
 * The edge to the Linux kernel, one package for each kind of kernel interface; {@code libc} is below all of them.
 *
 * <p>libc is called through JNA's direct mapping; no program is ever run. Everything acts in the network namespace of
 * the calling thread at the time a socket is opened, and a socket stays in its namespace. Struct layouts and constants
 * are those of the asm-generic 64-bit little-endian ABI, which x86_64 and aarch64 share for every call used here, but for
 * {@code struct epoll_event}, of which {@link io.jenkins.plugins.baton.agent.linux.libc.Epoll} knows both layouts
 * ({@code O_*} flags and system call numbers, which differ too, are not used).
 *
 * <p>Unless a class says otherwise its objects belong to one thread at a time.
 */
package io.jenkins.plugins.baton.agent.linux;
