using System.Text.Json;

namespace HilRig.Sim.Tests.Tables;

/// <summary>Differences of a dump from MuJoCo's, field by field.</summary>
internal sealed class DumpComparison
{
    // Of the largest number of the field; G1 of the parity gates.
    private const double Relative = 1e-10;
    private const double Absolute = 1e-13;

    private readonly List<string> _faults = [];

    /// <summary>What differs; every field of MuJoCo's dump must be in ours.</summary>
    public static IReadOnlyList<string> Faults(JsonElement ours, JsonElement mujoco)
    {
        var comparison = new DumpComparison();
        comparison.Compare("", ours, mujoco);
        return comparison._faults;
    }

    private void Compare(string path, JsonElement ours, JsonElement mujoco)
    {
        switch (mujoco.ValueKind)
        {
            case JsonValueKind.Object:
                CompareFields(path, ours, mujoco);
                break;
            case JsonValueKind.Array when IsList(mujoco):
                CompareList(path, ours, mujoco);
                break;
            case JsonValueKind.Array or JsonValueKind.Number:
                CompareNumbers(path, ours, mujoco);
                break;
            default:
                if (ours.ToString() != mujoco.ToString() || ours.ValueKind != mujoco.ValueKind)
                {
                    _faults.Add($"{path}: {ours} is not {mujoco}");
                }

                break;
        }
    }

    private static bool IsList(JsonElement array) =>
        array.GetArrayLength() == 0 || array[0].ValueKind == JsonValueKind.Object;

    // Which of several nearly coplanar corners a hull keeps is a matter of its method.
    private void CompareFields(string path, JsonElement ours, JsonElement mujoco)
    {
        foreach (JsonProperty field in mujoco.EnumerateObject()
            .Where(field => field.Name != "hullVertices"))
        {
            string name = path + "/" + field.Name;
            if (!ours.TryGetProperty(field.Name, out JsonElement own))
            {
                _faults.Add($"{name}: missing");
            }
            else
            {
                Compare(name, own, field.Value);
            }
        }
    }

    private void CompareList(string path, JsonElement ours, JsonElement mujoco)
    {
        int count = mujoco.GetArrayLength();
        if (ours.ValueKind != JsonValueKind.Array || ours.GetArrayLength() != count)
        {
            _faults.Add($"{path}: not {count} entries");
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Compare($"{path}[{i}]", ours[i], mujoco[i]);
        }
    }

    private void CompareNumbers(string path, JsonElement ours, JsonElement mujoco)
    {
        double[] own = Numbers(ours);
        double[] wanted = Numbers(mujoco);
        if (own.Length != wanted.Length)
        {
            _faults.Add($"{path}: {ours} is not {mujoco}");
            return;
        }

        double largest = wanted.Length == 0 ? 0 : wanted.Max(Math.Abs);
        double error = Distance(own, wanted, 1);
        if (path.EndsWith("uat"))
        {
            // A quaternion and its negative are one rotation.
            error = Math.Min(error, Distance(own, wanted, -1));
        }

        if (!(error <= Absolute + (Relative * largest)))
        {
            _faults.Add($"{path}: off by {error:G3}: {ours} is not {mujoco}");
        }
    }

    private static double Distance(double[] own, double[] wanted, double sign)
    {
        double worst = 0;
        for (int i = 0; i < own.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(own[i] - (sign * wanted[i])));
        }

        return worst;
    }

    private static double[] Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array =>
            [.. element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number
                ? e.GetDouble()
                : double.NaN)],
        _ => [],
    };
}
