using System.Globalization;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>The policies of a run: folders 0001, 0002, …, each whole or not there.</summary>
/// <param name="folder">Folder of the policies.</param>
internal sealed class PolicyShelf(string folder)
{
    private const string NameFormat = "D4";

    /// <summary>The newest policy's folder; null while there is none.</summary>
    public string? Newest => Numbers() is { Count: > 0 } numbers ? At(numbers.Max()) : null;

    /// <summary>
    /// Puts a policy behind the others, unless it is the newest already, as after a run that was
    /// killed between publishing and saying so.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Its folder.</returns>
    public string Add(TaskPolicyFile policy)
    {
        if (Newest is { } newest
            && TaskPolicyFile.Load(newest).Manifest.Sha256 == policy.Manifest.Sha256)
        {
            return newest;
        }

        string path = At(Numbers().DefaultIfEmpty(0).Max() + 1);
        PolicyExport.Publish(policy, path);
        return path;
    }

    private string At(int number) =>
        Path.Combine(folder, number.ToString(NameFormat, CultureInfo.InvariantCulture));

    private List<int> Numbers() => !Directory.Exists(folder)
        ? []
        : [.. Directory.GetDirectories(folder)
            .Select(Path.GetFileName)
            .Where(name => name!.Length == 4 && name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];
}
