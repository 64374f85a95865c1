using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>Which user a loopback connection belongs to, as /proc/net/tcp says.</summary>
internal static class LocalPeer
{
    private const string TablePath = "/proc/net/tcp";
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;
    private const string Root = "0";

    /// <summary>
    /// Whether the other end of a loopback connection belongs to our own user (or to root). Where
    /// the system does not tell, everybody counts as our own.
    /// </summary>
    /// <param name="socket">Our end; IPv4.</param>
    public static bool IsOurs(Socket socket)
    {
        if (!File.Exists(TablePath))
        {
            return true;
        }

        string ours = Hex((IPEndPoint)socket.LocalEndPoint!);
        string theirs = Hex((IPEndPoint)socket.RemoteEndPoint!);
        string? ourUser = null;
        string? theirUser = null;
        foreach (string line in File.ReadLines(TablePath))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > UserColumn && words[LocalColumn] == ours
                && words[RemoteColumn] == theirs)
            {
                ourUser = words[UserColumn];
            }
            else if (words.Length > UserColumn && words[LocalColumn] == theirs
                && words[RemoteColumn] == ours)
            {
                theirUser = words[UserColumn];
            }
        }

        return theirUser is not null && (theirUser == ourUser || theirUser == Root);
    }

    private static string Hex(IPEndPoint end)
    {
        uint address = BinaryPrimitives.ReadUInt32LittleEndian(end.Address.GetAddressBytes());
        return string.Create(CultureInfo.InvariantCulture, $"{address:X8}:{end.Port:X4}");
    }
}
