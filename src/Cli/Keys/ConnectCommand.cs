using System.CommandLine;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Cli.Running;

namespace HilRig.Cli.Keys;

/// <summary>
/// `hilrig connect HOST:PORT`: the client's end of a gate, for any ZeroMQ program of this machine.
/// </summary>
internal static class ConnectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var gate = new Argument<string>("HOST:PORT") { Description = "Where the gate listens." };
        gate.Validators.Add(result =>
        {
            if (!TrySplit(result.GetValueOrDefault<string>(), out _, out _))
            {
                result.AddError("expected HOST:PORT, such as rig.local:7420 or [fe80::1]:7420");
            }
        });
        var key = new Option<string>("--key")
        {
            Description = "Key of this machine to show.",
            DefaultValueFactory = _ => KeyName.Default,
        };
        var server = new Option<string?>("--server")
        {
            Description = "Fingerprint of the gate's key. Default: as known-servers has it.",
        };
        server.Validators.Add(result =>
        {
            if (KeyFingerprint.TryParse(result.GetValueOrDefault<string?>()) is null)
            {
                result.AddError("--server: expected sha256: and 64 hexadecimal digits");
            }
        });
        var port = new Option<int>("--port")
        {
            Description = "Port of 127.0.0.1 for control; states are at the next one. 0: any.",
        };
        Option<string?> folder = KeysCommand.FolderOption();
        Option<bool> json = KeysCommand.JsonOption();
        var command = new Command(
            "connect", "Reach a rig behind a gate: opens local ports for any ZeroMQ program.")
        {
            gate, key, server, port, folder, json,
        };
        command.SetAction(parsed =>
        {
            TrySplit(parsed.GetRequiredValue(gate), out string host, out int gatePort);
            var store = new KeyStore(parsed.GetValue(folder));
            using RigKey own = store.Load(parsed.GetRequiredValue(key));
            Serve(
                new SecureTunnelOptions
                {
                    Host = host,
                    Port = gatePort,
                    Key = own,
                    Server = KeyFingerprint.TryParse(parsed.GetValue(server))
                        ?? TlsEndpoint.RequireServer(store, host, gatePort),
                    LocalPort = parsed.GetValue(port),
                    Log = line => Console.Error.WriteLine("hilrig: " + line),
                },
                parsed.GetValue(json));
        });
        return command;
    }

    private static void Serve(SecureTunnelOptions options, bool json)
    {
        using StopSignals signals = StopSignals.OfForeground();
        using SecureTunnel tunnel = SecureTunnel.Open(options);
        if (json)
        {
            KeysCommand.Print(new { control = tunnel.Endpoint, states = tunnel.StatesEndpoint });
        }
        else
        {
            Console.Out.WriteLine($"control  {tunnel.Endpoint}");
            Console.Out.WriteLine($"states   {tunnel.StatesEndpoint}");
        }

        Console.Out.Flush();
        signals.Stop.WaitHandle.WaitOne();
    }

    private static bool TrySplit(string? text, out string host, out int port)
    {
        host = "";
        port = 0;
        if (!Uri.TryCreate("tls://" + text, UriKind.Absolute, out Uri? address)
            || address.Port <= 0 || address.AbsolutePath.Length > 1 || address.UserInfo != "")
        {
            return false;
        }

        host = address.Host;
        port = address.Port;
        return true;
    }
}
