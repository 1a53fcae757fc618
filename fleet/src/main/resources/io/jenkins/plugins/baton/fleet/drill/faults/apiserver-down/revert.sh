nft delete table inet "$table" 2> /dev/null
