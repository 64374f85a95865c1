using System.CommandLine;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>`hilrig keys list`: own keys, who may connect, which servers are trusted.</summary>
internal static class KeysList
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string?> folder = KeysCommand.FolderOption();
        Option<string?> allow = KeysCommand.AllowOption();
        Option<bool> json = KeysCommand.JsonOption();
        var command = new Command("list", "Own keys, who may connect, which servers are trusted.")
        {
            folder, allow, json,
        };
        command.SetAction(parsed =>
        {
            var store = new KeyStore(parsed.GetValue(folder));
            string path = parsed.GetValue(allow) ?? store.AllowedKeysPath;
            AllowedKeys allowed = File.Exists(path) ? AllowedKeys.Load(path) : AllowedKeys.Nobody;
            KnownServers servers = KnownServers.Load(store.KnownServersPath);
            List<(string Name, KeyFingerprint Fingerprint)> own = [];
            foreach (string name in store.Names)
            {
                using RigKey key = store.Load(name);
                own.Add((name, key.Fingerprint));
            }

            if (parsed.GetValue(json))
            {
                PrintJson(own, allowed, servers);
            }
            else
            {
                PrintText(own, allowed, servers);
            }
        });
        return command;
    }

    private static void PrintJson(
        List<(string Name, KeyFingerprint Fingerprint)> own,
        AllowedKeys allowed,
        KnownServers servers) => KeysCommand.Print(new
        {
            own = own.Select(key => new { name = key.Name, fingerprint = key.Fingerprint.Text }),
            allowed = allowed.Keys.Select(key => new
            {
                name = key.Name,
                role = key.Role.ToString().ToLowerInvariant(),
                fingerprint = key.Fingerprint.Text,
            }),
            servers = servers.Servers.Select(server => new
            {
                address = server.Key,
                fingerprint = server.Value.Text,
            }),
        });

    private static void PrintText(
        List<(string Name, KeyFingerprint Fingerprint)> own,
        AllowedKeys allowed,
        KnownServers servers)
    {
        Section("keys of this machine", own.Select(key => $"{key.Fingerprint}  {key.Name}"));
        Section("may connect here", allowed.Keys.Select(key =>
            $"{key.Fingerprint}  {key.Role.ToString().ToLowerInvariant(),-8} {key.Name}"));
        Section("servers this machine trusts", servers.Servers.Select(server =>
            $"{server.Value}  {server.Key}"));
    }

    private static void Section(string title, IEnumerable<string> lines)
    {
        Console.Out.WriteLine(title + ":");
        foreach (string line in lines.DefaultIfEmpty("none"))
        {
            Console.Out.WriteLine("  " + line);
        }
    }
}
