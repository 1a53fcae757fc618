nft -f - << NFT
table inet $table {
    chain input {
        type filter hook input priority -300
        tcp dport { $(list $ports) } reject with tcp reset
    }
}
NFT
