using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// Several critics of the same inputs: hidden layers of linear, layer normalisation and ReLU, then
/// one number.
/// </summary>
internal interface ICriticEnsemble : IDisposable
{
    /// <summary>Where each layer lies.</summary>
    NetworkLayout Layout { get; }

    /// <summary>Computes values of some members, of which no gradient is asked.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="input">Features and action side by side. Shape [row, feature + action].</param>
    /// <param name="members">Which critics.</param>
    /// <returns>
    /// Shape [member of the choice, row]; in the caller's dispose scope.
    /// </returns>
    Tensor Evaluate(FlatParameters weights, Tensor input, ReadOnlySpan<int> members);

    /// <summary>Computes values of all members and keeps what their gradient needs.</summary>
    /// <param name="weights">The weights; not changed until the gradient is taken.</param>
    /// <param name="input">Features and action side by side. Shape [row, feature + action].</param>
    /// <returns>Shape [member, row]; valid until the next call.</returns>
    Tensor Run(FlatParameters weights, Tensor input);

    /// <summary>Gradient of the weights of the last <see cref="Run"/>.</summary>
    /// <param name="slope">d loss / d value. Shape [member, row].</param>
    /// <returns>Shape [parameter]; valid until the next call.</returns>
    Tensor WeightGradient(Tensor slope);

    /// <summary>Gradient of the input of the last <see cref="Run"/>.</summary>
    /// <param name="slope">d loss / d value. Shape [member, row].</param>
    /// <returns>Shape [row, feature + action]; valid until the next call.</returns>
    Tensor InputGradient(Tensor slope);
}
