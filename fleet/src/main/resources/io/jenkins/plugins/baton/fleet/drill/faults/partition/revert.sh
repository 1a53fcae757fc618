for family in inet netdev; do
    nft delete table $family "$table" 2> /dev/null
done
