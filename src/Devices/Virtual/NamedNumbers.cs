using System.Reflection;
using HilRig.Core.Errors;

namespace HilRig.Devices.Virtual;

/// <summary>
/// The number-valued properties of a record as named entries: camel case, each once, none unknown.
/// For set-up only.
/// </summary>
internal static class NamedNumbers
{
    internal static PropertyInfo[] PropertiesOf(Type record) =>
        [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(double) && property.CanWrite)];

    internal static string KeyOf(PropertyInfo property) =>
        char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    /// <summary>Sets every property from its entry.</summary>
    /// <param name="record">A record nobody else has seen yet.</param>
    /// <param name="entries">Values by key.</param>
    /// <param name="where">File and section, for the message.</param>
    /// <param name="faultsOf">What is out of range, asked once every key is there.</param>
    /// <exception cref="ScenarioException">
    /// A key is unknown or missing, or a value out of range.
    /// </exception>
    internal static void Fill(
        object record,
        IReadOnlyDictionary<string, double> entries,
        string where,
        Func<IEnumerable<string>> faultsOf)
    {
        var properties = PropertiesOf(record.GetType());
        var known = properties.Select(KeyOf).ToArray();
        string[] faults =
        [
            .. known.Where(key => !entries.ContainsKey(key)).Select(key => $"'{key}' is missing"),
            .. entries.Keys.Where(key => !known.Contains(key)).Select(key => $"'{key}' is unknown"),
        ];
        if (faults.Length == 0)
        {
            foreach (var property in properties)
            {
                property.SetValue(record, entries[KeyOf(property)]);
            }

            faults = [.. faultsOf()];
        }

        if (faults.Length > 0)
        {
            throw new ScenarioException(
                "the numbers of a virtual servo are wrong", where,
                "every key once: " + string.Join(", ", known), string.Join("; ", faults),
                "mend the file; rigs/servos has examples");
        }
    }
}
