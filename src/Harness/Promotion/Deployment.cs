using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Promotion;

/// <summary>
/// Which policy of a run folder is deployed: policies/deployed.json, replaced as a whole, so that
/// there is one at any instant. One writer at a time.
/// </summary>
public sealed class Deployment
{
    /// <summary>Name of the file below policies/.</summary>
    public const string FileName = "deployed.json";

    /// <summary>Folder of policies in a run folder.</summary>
    public const string PoliciesName = "policies";

    private const int CurrentSchema = 1;
    private readonly string _folder;
    private readonly string _path;
    private DeploymentRecord _record;

    private Deployment(string run)
    {
        _folder = Path.Combine(run, PoliciesName);
        _path = Path.Combine(_folder, FileName);
        _record = Read();
    }

    /// <summary>What is deployed; null for nothing yet.</summary>
    public DeploymentEntry? Current => _record.Deployed is [.., var last] ? last : null;

    /// <summary>Everything that was deployed and rolled back.</summary>
    public DeploymentRecord History => _record;

    /// <summary>Folder of the deployed policy; null for nothing yet.</summary>
    public string? CurrentFolder =>
        Current is { } entry ? Path.Combine(_folder, entry.Policy) : null;

    /// <summary>Opens the deployment of a run.</summary>
    /// <param name="run">The run folder.</param>
    /// <exception cref="ScenarioException">
    /// It has no policies, or deployed.json is not valid.
    /// </exception>
    public static Deployment Open(string run)
    {
        string policies = Path.Combine(run, PoliciesName);
        return Directory.Exists(policies) ? new Deployment(run) : throw new ScenarioException(
            "There are no policies to deploy",
            run,
            $"a run folder of hilrig learn, with {PoliciesName}/",
            "none");
    }

    /// <summary>Deploys a policy.</summary>
    /// <param name="policy">Its folder's name below policies/.</param>
    /// <param name="why">Why.</param>
    /// <param name="utc">When.</param>
    /// <exception cref="ScenarioException">
    /// There is no such policy, it is damaged, or deployed already.
    /// </exception>
    /// <exception cref="RecordingException">The disk refused.</exception>
    public void Promote(string policy, string why, DateTimeOffset utc)
    {
        string folder = Path.Combine(_folder, policy);
        if (policy.Length == 0 || policy != Path.GetFileName(policy) || !Directory.Exists(folder))
        {
            throw new ScenarioException(
                "There is no such policy",
                _folder,
                string.Join(", ", Names()),
                policy.Length == 0 ? "no name" : policy);
        }

        string sha256 = Verify(folder);
        if (Current?.Policy == policy)
        {
            throw new ScenarioException("The policy is deployed already", _path, found: policy);
        }

        Write(_record with
        {
            Deployed = [.. _record.Deployed, new DeploymentEntry(policy, sha256, utc, why)],
        });
    }

    /// <summary>Takes the deployed policy back; the one that it replaced acts again.</summary>
    /// <param name="why">Why.</param>
    /// <param name="utc">When.</param>
    /// <exception cref="ScenarioException">
    /// Nothing was replaced, or what was has changed since.
    /// </exception>
    /// <exception cref="RecordingException">The disk refused.</exception>
    public void Rollback(string why, DateTimeOffset utc)
    {
        if (_record.Deployed is not [.., var before, var last])
        {
            throw new ScenarioException(
                "There is nothing to roll back to",
                _path,
                "a policy that another replaced",
                Current is null ? "no policy was deployed" : "one policy, the first",
                "hilrig learn promote RUN POLICY");
        }

        string found = Verify(Path.Combine(_folder, before.Policy));
        if (found != before.Sha256)
        {
            throw new ScenarioException(
                $"The policy {before.Policy} is not the one that was deployed",
                _folder,
                "SHA-256 " + before.Sha256,
                found);
        }

        Write(_record with
        {
            Deployed = [.. _record.Deployed.SkipLast(1)],
            RolledBack = [.. _record.RolledBack, last with { Utc = utc, Why = why }],
        });
    }

    private static string Verify(string folder) => TaskPolicyFile.Load(folder).Manifest.Sha256;

    private IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(_folder).Select(path => Path.GetFileName(path)!).Order();

    private DeploymentRecord Read()
    {
        if (!File.Exists(_path))
        {
            return new DeploymentRecord
            {
                Schema = CurrentSchema,
                Deployed = [],
                RolledBack = [],
            };
        }

        try
        {
            DeploymentRecord? read = JsonSerializer.Deserialize(
                File.ReadAllBytes(_path), DeploymentJsonContext.Default.DeploymentRecord);
            return read?.Schema == CurrentSchema ? read : throw new JsonException(
                $"schema {read?.Schema.ToString() ?? "none"}");
        }
        catch (JsonException cause)
        {
            throw new ScenarioException(
                "The file that names the deployed policy is not valid",
                _path,
                $"schema {CurrentSchema}",
                cause.Message.TrimEnd('.'),
                "hilrig learn promote RUN POLICY, after moving it away",
                cause);
        }
    }

    private void Write(DeploymentRecord record)
    {
        try
        {
            Durable.Write(_path, stream => JsonSerializer.Serialize(
                stream, record, DeploymentJsonContext.Default.DeploymentRecord));
        }
        catch (IOException cause)
        {
            throw new RecordingException(
                "The deployed policy could not be named; the one before it stays",
                _path,
                found: cause.Message.TrimEnd('.'),
                inner: cause);
        }

        _record = record;
    }
}
