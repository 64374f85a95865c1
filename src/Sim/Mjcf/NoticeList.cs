using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Collects notices; the same text is kept once, with the first place and a count.
/// </summary>
internal sealed class NoticeList
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (string Where, int Count)> _notices = [];

    /// <summary>Notes something.</summary>
    public void Add(XElement element, string text)
    {
        if (_notices.TryGetValue(text, out var notice))
        {
            _notices[text] = (notice.Where, notice.Count + 1);
            return;
        }

        _order.Add(text);
        _notices[text] = (MjcfFault.Where(element), 1);
    }

    /// <summary>All notices in the order they came up.</summary>
    public IReadOnlyList<ModelNotice> ToList() =>
    [
        .. _order.Select(text => new ModelNotice(
            _notices[text].Where,
            _notices[text].Count == 1 ? text : $"{text} ({_notices[text].Count} times)")),
    ];
}
